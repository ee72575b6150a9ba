-- Puts what was taken in the place of what was reserved. KEYS: one a limit. ARGV: now or -1, id, when it was reserved, then of each
-- limit: parts (0: at once), part in ms, reserved, taken.

local id, reservedAt = ARGV[2], tonumber(ARGV[3])

for i, key in ipairs(KEYS) do
  local at = 3 + (i - 1) * 4
  local parts, part = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local reserved, taken = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  if parts == 0 then
    redis.call('ZREM', key, id)
  elseif taken ~= reserved then
    local w = window(key, parts, part)
    add(w, taken - reserved)
    local then_ = math.floor(reservedAt / part)
    if taken < reserved and then_ <= w.now and w.now - then_ <= parts then
      local given = math.min(reserved - taken, tonumber(redis.call('HGET', key, text(then_)) or 0))
      if given > 0 then
        redis.call('HINCRBY', key, text(then_), text(-given))
        redis.call('HSET', key, 'sum', text(w.sum - given))
      end
    end
  end
end
return 1
