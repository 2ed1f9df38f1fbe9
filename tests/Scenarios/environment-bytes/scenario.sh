# cgroups: none
# Newlines and other bytes in the environment and in arguments arrive exactly, or are refused.
start_manager --system
ctl set-environment "NL=$(printf 'a\nb')" "TAB=$(printf 'a\tb')" "UTF=äöü€" 'QUOTE=a"b'"'"'c\d' "EMPTY="
ctl start dump.service
expected=$(printf 'NL=a\nb|TAB=a\tb|UTF=äöü€|QUOTE=a"b'"'"'c\\d|EMPTY=|OWN=x\ny|')
got=$(tr '\0' '|' </run/out/environ | sed -n 'H; ${ x; s/^\n//; p }')
for pair in "NL=$(printf 'a\nb')" "TAB=$(printf 'a\tb')" "UTF=äöü€" 'QUOTE=a"b'"'"'c\d' "EMPTY=" "OWN=$(printf 'x\ny')"; do
  [[ "|$got" == *"|$pair|"* ]] || failed "the environment lacks $pair: $got"
done
equal "$(tr '\0' '|' </run/out/cmdline)" "$(printf 'cat|/proc/self/cmdline|/dev/null|')" "arguments"
ctl set-environment $'BAD\x01NAME=1' 2>/dev/null && failed "a control character in a name was accepted"
ctl set-environment '0day=1' 2>/dev/null && failed "a name that starts with a digit was accepted"
ctl set-environment 'no equals' 2>/dev/null && failed "a string without = was accepted"
ctl daemon-reload
ctl start dump.service
[[ "|$(tr '\0' '|' </run/out/environ)" == *"|NL=$(printf 'a\nb')|"* ]] || failed "the newline did not survive a reload"
alive
