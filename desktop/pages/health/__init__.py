"""数据体检: the whole record looked through by every rule."""
