# What the package is called; sourced by the scripts beside it.
id=cn.huyouka.register
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
deb=dist/${id}_${VERSION:-$version}_amd64.deb

# Where this machine gets Debian from; Debian's own address when apt does not say.
debian_site() {
    local site
    site=$(apt-get indextargets --format '$(SITE)' 'Origin: Debian' 'Label: Debian' 2>/dev/null | head -n 1 || true)
    echo "${site:-http://deb.debian.org/debian}"
}
