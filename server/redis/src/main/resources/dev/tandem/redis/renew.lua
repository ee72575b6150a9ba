-- Makes what is held last longer, and takes it anew where Redis has forgotten it. KEYS: one a lease. ARGV: now or -1, lease in ms, then
-- the id of each.

for i, key in ipairs(KEYS) do
  hold(key, ARGV[2 + i], tonumber(ARGV[2]))
end
return 1
