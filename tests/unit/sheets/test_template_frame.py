"""The lines around a form: only a gap that is clearly one is filled."""

from datetime import date

import pytest

from db.sheets.template_frame import FILLER, OFFICE, REVIEWER, Frame, filled

FRAME = Frame({OFFICE: "华阳镇人民政府", FILLER: "钟小明", REVIEWER: ""}, date(2016, 7, 1), date(2016, 8, 2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("填报单位：", "填报单位：华阳镇人民政府"),
        ("填报单位（盖章）：＿＿＿＿", "填报单位（盖章）：华阳镇人民政府"),
        ("填报单位：五华县扶贫局", "填报单位：五华县扶贫局"),
        ("审核人：　　填表人：　　", "审核人：　　填表人：钟小明"),
        ("填表人：____联系电话：____", "填表人：钟小明　联系电话：____"),
        ("填报日期：　　年　月　日", "填报日期： 2016年8月2日"),
        ("填报日期：", "填报日期：2016-08-02"),
        ("年　月", "2016年7月"),
        ("（20　　年　　月）", "（2016年7月）"),
        ("2016年　月情况表", "2016年7月情况表"),
        ("2015年　月情况表", "2015年　月情况表"),
        ("2016年5月情况表", "2016年5月情况表"),
        ("单位：户、人", "单位：户、人"),
        ("注：截至年末在册的户。", "注：截至年末在册的户。"),
    ],
)
def test_gaps(text: str, expected: str) -> None:
    assert filled(text, FRAME) == expected
