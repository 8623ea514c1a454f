"""Names of the months in the languages that news is most written in, as dates give them."""

_NAMES = """
en january february march april may june july august september october november december
de januar februar märz april mai juni juli august september oktober november dezember
at jänner feber märz april mai juni juli august september oktober november dezember
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
nl januari februari maart april mei juni juli augustus september oktober november december
sv januari februari mars april maj juni juli augusti september oktober november december
da januar februar marts april maj juni juli august september oktober november december
no januar februar mars april mai juni juli august september oktober november desember
fi tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta\
 marraskuuta joulukuuta
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
cs ledna února března dubna května června července srpna září října listopadu prosince
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
hu január február március április május június július augusztus szeptember október november december
tr ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
id januari februari maret april mei juni juli agustus september oktober november desember
"""

MONTHS = {name: number for line in _NAMES.split("\n") if line for number, name in enumerate(line.split()[1:], start=1)}
MONTHS |= {name[:3]: number for number, name in enumerate(_NAMES.split("\n")[1].split()[1:], start=1)} | {"sept": 9}
"""Names in small letters, whole in every language and short in English, to 1..12."""

__all__ = ["MONTHS"]
