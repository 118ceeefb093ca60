"""数据体检: the rules asked of the whole record, and the record asked whether it agrees with itself."""
