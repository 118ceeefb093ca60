"""Code tables: the national code is stored, the Chinese label is shown, other labels are understood on reading.

A table is an enum whose value is the code. Compare and import by label, because other systems number differently.
Sources: the national 建档立卡 dictionary of 2014–2017; 麻章区 and 华阳镇 papers of 2016 for 六进/七不进 (codes 61–66, 71–77 as the
province's own system used them).
"""

from __future__ import annotations

from enum import Enum
from typing import Self


class Code(Enum):
    """One row of a code table.

    ``value`` is the stored code, ``label`` what the clerk reads, ``synonyms`` other spellings that mean exactly the same
    (never a guess), ``short`` a one-word form for narrow columns.
    """

    label: str
    synonyms: tuple[str, ...]

    def __new__(cls, code: str, label: str, *synonyms: str) -> Self:
        row = object.__new__(cls)
        row._value_ = code
        row.label = label
        row.synonyms = synonyms
        return row

    @classmethod
    def of(cls, code: str) -> Self:
        """The row with this stored code; KeyError when the table lacks it."""
        row: Self = cls._value2member_map_[code]  # type: ignore[assignment]
        return row

    @classmethod
    def by_label(cls, text: str) -> Self | None:
        """The row whose label or synonym is exactly ``text``; None when there is none."""
        return next((row for row in cls if text == row.label or text in row.synonyms), None)

    @classmethod
    def labels(cls) -> tuple[str, ...]:
        """All labels in the order of the table."""
        return tuple(row.label for row in cls)


class Sex(Code):
    MALE = "1", "男"
    FEMALE = "2", "女"


class Attribute(Code):
    """贫困户属性 (AAC006)."""

    ORDINARY = "01", "一般贫困户", "一般户"
    LOW_INCOME = "04", "低保户", "低保贫困户", "扶贫低保户"
    FIVE_GUARANTEES = "06", "五保户", "五保贫困户", "特困供养贫困户", "特困供养户"


class PovertyCause(Code):
    """主要致贫原因 (AAC007)."""

    ILLNESS = "01", "因病"
    DISABILITY = "02", "因残"
    SCHOOLING = "03", "因学"
    DISASTER = "04", "因灾"
    LAND = "05", "缺土地"
    WATER = "06", "缺水"
    SKILL = "07", "缺技术"
    LABOUR = "08", "缺劳力", "缺劳动力"
    MONEY = "09", "缺资金"
    TRAFFIC = "10", "交通条件落后", "交通落后"
    DRIVE = "11", "自身发展动力不足", "自身发展力不足"
    MARRIAGE = "12", "因婚"
    BEREAVEMENT = "13", "因丧"
    OTHER = "99", "其他"


class Relation(Code):
    """与户主关系 (AAB006); the words of GB/T 4761 that mean the same are read as synonyms."""

    HEAD = "01", "户主", "本人或户主", "本人"
    SPOUSE = "02", "配偶", "妻子", "丈夫", "妻", "夫", "老婆", "老公", "爱人"
    SON = "03", "之子", "儿子", "子", "长子", "次子", "三子", "独生子", "养子", "继子"
    DAUGHTER = "04", "之女", "女儿", "女", "长女", "次女", "三女", "独生女", "养女", "继女"
    DAUGHTER_IN_LAW = "05", "之儿媳", "儿媳"
    SON_IN_LAW = "06", "之女婿", "女婿"
    GRANDSON = "07", "之孙子", "孙子"
    GRANDDAUGHTER = "08", "之孙女", "孙女"
    DAUGHTERS_SON = "09", "之外孙子", "外孙子", "外孙"
    DAUGHTERS_DAUGHTER = "10", "之外孙女", "外孙女"
    FATHER = "11", "之父", "父亲", "父", "爸爸"
    MOTHER = "12", "之母", "母亲", "母", "妈妈"
    WIFES_FATHER = "13", "之岳父", "岳父"
    WIFES_MOTHER = "14", "之岳母", "岳母"
    HUSBANDS_FATHER = "15", "之公公", "公公"
    HUSBANDS_MOTHER = "16", "之婆婆", "婆婆"
    GRANDFATHER = "17", "之祖父", "祖父", "爷爷"
    GRANDMOTHER = "18", "之祖母", "祖母", "奶奶"
    MOTHERS_FATHER = "19", "之外祖父", "外祖父", "外公"
    MOTHERS_MOTHER = "20", "之外祖母", "外祖母", "外婆"
    OTHER = "99", "其他"


class Ethnicity(Code):
    """民族, in the order of the national poverty system, which differs from GB/T 3304 in 02 and 04–11."""

    HAN = "01", "汉族", "汉"
    MANCHU = "02", "满族", "满"
    HUI = "03", "回族", "回"
    MONGOL = "04", "蒙古族", "蒙古"
    TIBETAN = "05", "藏族", "藏"
    UYGHUR = "06", "维吾尔族", "维吾尔"
    MIAO = "07", "苗族", "苗"
    YI = "08", "彝族", "彝"
    ZHUANG = "09", "壮族", "壮"
    BUYEI = "10", "布依族", "布依"
    KOREAN = "11", "朝鲜族", "朝鲜"
    DONG = "12", "侗族", "侗"
    YAO = "13", "瑶族", "瑶"
    BAI = "14", "白族", "白"
    TUJIA = "15", "土家族", "土家"
    HANI = "16", "哈尼族", "哈尼"
    KAZAKH = "17", "哈萨克族", "哈萨克"
    DAI = "18", "傣族", "傣"
    LI = "19", "黎族", "黎"
    LISU = "20", "傈僳族", "傈僳"
    VA = "21", "佤族", "佤"
    SHE = "22", "畲族", "畲"
    GAOSHAN = "23", "高山族", "高山"
    LAHU = "24", "拉祜族", "拉祜"
    SHUI = "25", "水族", "水"
    DONGXIANG = "26", "东乡族", "东乡"
    NAXI = "27", "纳西族", "纳西"
    JINGPO = "28", "景颇族", "景颇"
    KIRGIZ = "29", "柯尔克孜族", "柯尔克孜"
    TU = "30", "土族", "土"
    DAUR = "31", "达斡尔族", "达斡尔"
    MULAO = "32", "仫佬族", "仫佬"
    QIANG = "33", "羌族", "羌"
    BLANG = "34", "布朗族", "布朗"
    SALAR = "35", "撒拉族", "撒拉"
    MAONAN = "36", "毛南族", "毛南"
    GELAO = "37", "仡佬族", "仡佬"
    XIBE = "38", "锡伯族", "锡伯"
    ACHANG = "39", "阿昌族", "阿昌"
    PUMI = "40", "普米族", "普米"
    TAJIK = "41", "塔吉克族", "塔吉克"
    NU = "42", "怒族", "怒"
    UZBEK = "43", "乌孜别克族", "乌孜别克"
    RUSSIAN = "44", "俄罗斯族", "俄罗斯"
    EWENKI = "45", "鄂温克族", "鄂温克"
    DEANG = "46", "德昂族", "德昂"
    BONAN = "47", "保安族", "保安"
    YUGUR = "48", "裕固族", "裕固"
    GIN = "49", "京族", "京"
    TATAR = "50", "塔塔尔族", "塔塔尔"
    DERUNG = "51", "独龙族", "独龙"
    OROQEN = "52", "鄂伦春族", "鄂伦春"
    HEZHEN = "53", "赫哲族", "赫哲"
    MONBA = "54", "门巴族", "门巴"
    LHOBA = "55", "珞巴族", "珞巴"
    JINO = "56", "基诺族", "基诺"
    OTHER = "99", "其他"


class Education(Code):
    """文化程度 (AAB008); blank for those in school."""

    ILLITERATE = "01", "文盲或半文盲", "文盲", "半文盲"
    PRIMARY = "02", "小学"
    JUNIOR = "03", "初中"
    SENIOR = "04", "高中"
    COLLEGE = "05", "大专及以上"
    PRESCHOOL = "06", "学龄前儿童"


class Schooling(Code):
    """在校生状况 (AAB009)."""

    NONE = "01", "非在校生"
    KINDERGARTEN = "02", "学前教育"
    PRIMARY = "03", "小学"
    GRADE_7 = "04", "七年级", "初一"
    GRADE_8 = "05", "八年级", "初二"
    GRADE_9 = "06", "九年级", "初三"
    SENIOR_1 = "07", "高中一年级", "高一"
    SENIOR_2 = "08", "高中二年级", "高二"
    SENIOR_3 = "09", "高中三年级", "高三"
    VOCATIONAL_1 = "10", "中职一年级"
    VOCATIONAL_2 = "11", "中职二年级"
    VOCATIONAL_3 = "12", "中职三年级"
    HIGHER_VOCATIONAL_1 = "13", "高职一年级"
    HIGHER_VOCATIONAL_2 = "14", "高职二年级"
    HIGHER_VOCATIONAL_3 = "15", "高职三年级"
    COLLEGE = "16", "大专及以上"


class Health(Code):
    """健康状况 (AAB017)."""

    HEALTHY = "01", "健康"
    CHRONIC = "02", "长期慢性病", "慢性病"
    SERIOUS = "03", "患有大病", "大病"
    DISABLED = "04", "残疾"


class Labour(Code):
    """劳动技能 (AAB010)."""

    ORDINARY = "01", "普通劳动力"
    SKILLED = "02", "技能劳动力"
    LOST = "03", "丧失劳动力"
    NONE = "04", "无劳动力"
    WEAK = "05", "弱劳动力或半劳动力", "弱劳动力", "半劳动力"

    @property
    def able(self) -> bool:
        """Counts towards 家庭劳动力 and makes the household 有劳动能力."""
        return self in (Labour.ORDINARY, Labour.SKILLED, Labour.WEAK)


class HousingGrade(Code):
    """住房安全等级; C and D are dangerous (住建部 危险房屋鉴定)."""

    A = "A", "A级", "A"
    B = "B", "B级", "B"
    C = "C", "C级", "C"
    D = "D", "D级", "D"


class YesNo(Code):
    YES = "1", "是", "有", "√"
    NO = "0", "否", "无", "×"


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


class AppraisalKind(Code):
    """Who assembled for 民主评议; each has its own quorum (村民委员会组织法)."""

    VILLAGERS = "1", "村民大会", "村民会议"
    REPRESENTATIVES = "2", "村民代表大会", "村民代表会议"


class Verdict(Code):
    """核实结论."""

    FITS = "1", "符合"
    UNFIT = "2", "不符合"
    INCOMPLETE = "3", "待补充"


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


class Priority(Code):
    """五优先 (麻章区 2016)."""

    WELFARE = "1", "五保户和低保户优先"
    HOMELESS = "2", "无房户和危房户优先"
    ILL_OR_DISABLED = "3", "重大疾病和残疾户优先"
    FELL_BACK = "4", "因病返贫和因灾返贫户优先"
    SCHOOL_OR_AGE = "5", "因教和因老致贫户优先"


class LookItem(Code):
    """四看 (麻章区 2016)."""

    HOUSE = "1", "一看房"
    GRAIN = "2", "二看粮"
    LABOUR = "3", "三看劳力强不强"
    PUPILS = "4", "四看家中有没有读书郎"


class Agreement(Code):
    """What the village says to passing a household on to the town."""

    AGREED = "1", "同意"
    REFUSED = "0", "不同意"


class Role(Code):
    """What a person of the office may do; the two are never one account."""

    CLERK = "clerk", "经办人"
    REVIEWER = "reviewer", "审核人"


class ThresholdKind(Code):
    """Which yearly line a figure is (粤发〔2016〕13号 一)."""

    ENTRY = "entry", "贫困户识别标准"
    EXIT = "exit", "贫困户脱贫标准"
    VILLAGE_ENTRY = "village_entry", "相对贫困村识别标准"
    VILLAGE_EXIT = "village_exit", "相对贫困村出列标准"


class BatchKind(Code):
    """Which paper the batch is."""

    APPRAISAL = "appraisal", "民主评议"
    NOTICE = "notice", "公示"
    REVIEW = "review", "镇审核"
    ANNOUNCEMENT = "announcement", "县公告"
    RECHECK = "recheck", "县核查"
    DECISION = "decision", "县审定"


class BatchAct(Code):
    """What happened to a batch after it was made."""

    POSTED = "posted", "张贴"
    LATE_APPROVED = "late_approved", "补录同意"
    LATE_REFUSED = "late_refused", "补录不同意"
    EXTENDED = "extended", "延长"
    TAKEN_DOWN = "taken_down", "撤下"
    PHOTO = "photo", "补照片"
    PRINTED = "printed", "打印"
