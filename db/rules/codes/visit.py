"""Code tables of a visit: 四看、五优先、六进、七不进 of the papers of 麻章区 and 华阳镇, 2016; codes 61–66, 71–77 as the province's own system used them."""

from __future__ import annotations

from db.rules.codes.base import Code


class Finding(Code):
    """What the visitors found for one item of 六进/七不进."""

    YES = "1", "是"
    NO = "0", "否"
    OPEN = "?", "待核"


class Look(Code):
    """How a 四看 item looks, best first; the words differ per item. 四看家中有没有读书郎 is answered 有 or 无."""

    GOOD = "1", "好", "足", "强"
    FAIR = "2", "一般"
    POOR = "3", "差", "缺", "弱"
    PRESENT = "4", "有"
    ABSENT = "5", "无"


class LookItem(Code):
    """四看 (麻章区 2016)."""

    HOUSE = "1", "一看房"
    GRAIN = "2", "二看粮"
    LABOUR = "3", "三看劳力强不强"
    PUPILS = "4", "四看家中有没有读书郎"


class Priority(Code):
    """五优先 (麻章区 2016)."""

    WELFARE = "1", "五保户和低保户优先"
    HOMELESS = "2", "无房户和危房户优先"
    ILL_OR_DISABLED = "3", "重大疾病和残疾户优先"
    FELL_BACK = "4", "因病返贫和因灾返贫户优先"
    SCHOOL_OR_AGE = "5", "因教和因老致贫户优先"


class Entry(Code):
    """六进: reasons to enter (麻章区 2016)."""

    BREADWINNER_DEAD = "61", "家庭主要劳动力死亡、孩子未成年的农户要进"
    LONELY = "62", "不符合五保条件的孤寡农户和单亲家庭要进"
    BREADWINNER_ILL = "63", "家庭主要劳动力长期生病、不能从事基本劳动的农户要进"
    DISABLED = "64", "家庭人口有丧失劳动能力的残疾人口的农户要进"
    UNSAFE_HOME = "65", "住房不避风雨的农户要进"
    DISASTER = "66", "因自然灾害、突发事件造成家庭特别困难的农户要进"


class Bar(Code):
    """七不进: reasons not to enter (麻章区 2016); a hit stops the case until a named person decides."""

    NEW_HOUSE = (
        "71",
        "近三年内新建建筑面积为80平方米以上的住房（政府资助困难户建房的除外）或在城镇购买商品房的农户不能进",
    )
    UNFILIAL = "72", "子女有赡养能力但不履行赡养义务的农户不能进"
    CAR = "73", "家庭拥有小汽车或大型农机具的农户不能进"
    PUBLIC_PAY = "74", "直系亲属有财政供养人员的农户不能进"
    EMPLOYER = "75", "长期雇佣他人从事生产经营活动的农户不能进"
    UNEXPLAINED = "76", "对举报或质疑不能做出合理解释的农户不能进"
    IDLE = "77", "有劳动能力但好吃懒做、打牌赌博、吸食毒品导致贫困的农户不能进"


class Verdict(Code):
    """核实结论."""

    FITS = "1", "符合"
    UNFIT = "2", "不符合"
    INCOMPLETE = "3", "待补充"
