#include "demo/texts.h"

#include <array>

namespace huilu::demo {

namespace {

constexpr std::array<ThemeText, 16> ordinary_themes = {
    {{"集中学习，围绕今年重点工作交流发言", "study", "policy"},
     {"学习先进人物事迹并讨论", "study"},
     {"讨论群众反映的问题和解决办法", "discussion"},
     {"清理河道两岸垃圾", "voluntary_work"},
     {"参观区史馆", "site_visit", "party_history"},
     {"重温入党誓词，开展交流", "oath_renewal"},
     {"为本月入党的党员过政治生日", "political_birthday"},
     {"走进邻里，帮助老人打扫卫生", "voluntary_work"},
     {"观看教育片并谈体会", "study", "party_history"},
     {"围绕如何服务群众开展讨论", "discussion"},
     {"到先进支部现场学习", "site_visit"},
     {"通报支部工作，听取党员意见", "discussion"},
     {"开展安全隐患排查", "voluntary_work", "safety"},
     {"学习有关农业农村政策", "study", "policy"},
     {"学习有关法律知识，结合岗位讨论", "study", "law"},
     {"整理支部活动室，学习近期文件", "other"}}};
constexpr std::array<ThemeText, 12> themes_of_month = {
    {{"走访困难党员和群众，送去慰问", "voluntary_work"},
     {"返乡党员座谈，听取家乡发展建议", "discussion"},
     {"开展学雷锋志愿服务", "voluntary_work"},
     {"到烈士陵园祭扫，缅怀先烈", "site_visit", "party_history"},
     {"开展防灾减灾知识学习和演练", "study", "safety"},
     {"迎七一，重温入党誓词，慰问老党员", "oath_renewal"},
     {"庆祝党的生日，讲述身边党员故事", "discussion"},
     {"高温天气走访独居老人", "voluntary_work"},
     {"迎国庆，开展环境整治", "voluntary_work"},
     {"重阳节看望老党员", "voluntary_work"},
     {"开展消防安全宣传", "voluntary_work", "safety"},
     {"总结全年工作，讨论明年打算", "discussion"}}};

constexpr std::array<std::string_view, 4> constitution_themes = {
    "学习党章第一章，对照党员义务谈体会", "逐条学习党章总纲，交流发言",
    "学习党章关于党的基层组织的规定", "对照党章查找差距"};
constexpr std::array<std::string_view, 4> discipline_themes = {
    "学习纪律处分有关规定", "参观区廉政教育基地，学习党规", "通报身边案例，开展纪律教育",
    "学习廉洁自律有关要求"};
constexpr std::array<std::string_view, 6> study_subjects = {
    "学习上级会议精神，研究贯彻意见", "专题学习基层治理", "专题学习乡村全面振兴",
    "专题学习生态环境保护",           "专题学习安全生产", "专题学习优化营商环境"};
constexpr std::array<std::string_view, 6> leader_lectures = {
    "到群众中去",     "把责任扛在肩上", "树立和践行正确政绩观",
    "做实干的带头人", "守住廉洁底线",   "让基层少跑路"};

constexpr std::array<std::string_view, 12> lecture_topics = {
    "做一名合格的党员",     "从身边事看初心", "怎样开好组织生活会",   "纪律是最好的保护",
    "乡村振兴我们怎么干",   "学党史，悟思想", "服务群众要从小事做起", "如何做好新形势下群众工作",
    "把工作做到群众心坎上", "弘扬优良家风",   "立足岗位作贡献",       "安全生产责任重于泰山"};
constexpr std::array<std::string_view, 8> meeting_items = {
    "听取支部工作报告",     "讨论发展党员事项", "讨论年度工作计划", "通报党费收缴使用情况",
    "讨论民主评议有关安排", "讨论支部委员补选", "通报重点工作进展", "听取党员意见建议"};
constexpr std::array<std::string_view, 10> committee_items = {
    "研究本月主题党日安排", "研究发展对象培养情况", "讨论困难党员帮扶",       "讨论支部阵地建设",
    "研究党员教育计划",     "传达上级会议要求",     "研究群众反映问题的办理", "研究志愿服务安排",
    "讨论流动党员联系办法", "研究下月工作"};
constexpr std::array<std::string_view, 6> group_topics = {
    "学习支部布置的内容", "讨论小组联系户情况", "交流责任区工作",
    "讨论环境整治分工",   "学习有关政策",       "开展批评和自我批评"};
constexpr std::array<std::string_view, 6> life_problems = {
    "理论学习不够系统",   "联系群众不够经常", "工作方法不够灵活",
    "对年轻党员培养不够", "活动形式比较单一", "遇到难题主动性不足"};
constexpr std::array<std::string_view, 6> life_measures = {
    "每月固定一次集中学习",     "每名委员联系五户群众", "每季度到先进支部学习一次",
    "安排年轻党员承担具体任务", "活动前征求党员意见",   "列出清单按月检查"};

constexpr std::array<ServiceText, 8> volunteer_texts = {{{"清理小区楼道杂物", "environment"},
                                                         {"为独居老人理发", "elderly"},
                                                         {"护送学生过马路", "children"},
                                                         {"文明交通劝导", "public_order"},
                                                         {"义务植树", "environment"},
                                                         {"反诈宣传", "community"},
                                                         {"为残疾人家庭打扫卫生", "disabled"},
                                                         {"汛期巡堤", "public_order"}}};
constexpr std::array<ServiceText, 10> deed_texts = {{{"修复村口路灯三盏", "community"},
                                                     {"协调解决下水道堵塞", "community"},
                                                     {"帮助困难家庭申请救助", "needy_households"},
                                                     {"为老人代办医保手续", "elderly"},
                                                     {"修补破损路面", "community"},
                                                     {"增设电动车充电位", "community"},
                                                     {"帮助销售滞销农产品", "needy_households"},
                                                     {"联系医生上门义诊", "elderly"},
                                                     {"开办暑期看护班", "children"},
                                                     {"调解邻里纠纷一起", "public_order"}}};

constexpr std::array<std::string_view, 4> correction_reasons = {
    "参加人员漏记，补正", "地点填写有误", "内容写错，更正", "参加人员多记一人，更正"};
constexpr std::array<std::string_view, 3> void_reasons = {"重复录入", "录到了别的支部",
                                                          "活动改期，未举行"};

}  // namespace

const ThemeText& theme_text(Dice& dice, int month) {
  if (dice.percent(45)) return themes_of_month[static_cast<std::size_t>(month - 1)];
  return dice.pick(ordinary_themes);
}

std::string_view constitution_theme(Dice& dice) { return dice.pick(constitution_themes); }
std::string_view discipline_theme(Dice& dice) { return dice.pick(discipline_themes); }
std::string_view study_subject(Dice& dice) { return dice.pick(study_subjects); }
std::string_view leader_lecture(Dice& dice) { return dice.pick(leader_lectures); }
std::string_view lecture_topic(Dice& dice) { return dice.pick(lecture_topics); }
std::string_view meeting_item(Dice& dice) { return dice.pick(meeting_items); }
std::string_view committee_item(Dice& dice) { return dice.pick(committee_items); }
std::string_view group_topic(Dice& dice) { return dice.pick(group_topics); }
std::string_view life_problem(Dice& dice) { return dice.pick(life_problems); }
std::string_view life_measure(Dice& dice) { return dice.pick(life_measures); }
const ServiceText& volunteer_text(Dice& dice) { return dice.pick(volunteer_texts); }
const ServiceText& deed_text(Dice& dice) { return dice.pick(deed_texts); }
std::string_view correction_reason(Dice& dice) { return dice.pick(correction_reasons); }
std::string_view void_reason(Dice& dice) { return dice.pick(void_reasons); }

}  // namespace huilu::demo
