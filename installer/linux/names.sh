# What the package is called; sourced by the scripts beside it.
id=cn.huyouka.register
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
deb=dist/${id}_${VERSION:-$version}_amd64.deb
