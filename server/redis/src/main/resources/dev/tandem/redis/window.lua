-- What the scripts have in common; put in front of each.
-- A window is a hash: part number -> what was taken in it, and 'sum', 'oldest', 'newest', 'last'. A part counts until the whole span
-- has passed since its end. What is held at once is a sorted set: id -> until when, in milliseconds.

local now = tonumber(ARGV[1])
if now < 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local function text(number)
  return string.format('%.0f', number)
end

-- The window as it is now, without what is too old. A clock that goes back stands still.
local function window(key, parts, part)
  local w = {key = key, parts = parts, part = part, now = math.floor(now / part), sum = 0, last = 0}
  local head = redis.call('HMGET', key, 'sum', 'oldest', 'newest', 'last')
  if not head[1] then
    w.oldest = w.now
    return w
  end
  local newest = tonumber(head[3])
  if newest > w.now then
    w.now = newest
  end
  if w.now - newest > parts then
    redis.call('DEL', key)
    w.oldest = w.now
    return w
  end
  w.sum, w.oldest, w.last = tonumber(head[1]), tonumber(head[2]), tonumber(head[4])
  if w.oldest < w.now - parts then
    for i = w.oldest, w.now - parts - 1 do
      local taken = redis.call('HGET', key, text(i))
      if taken then
        w.sum = w.sum - taken
        redis.call('HDEL', key, text(i))
      end
    end
    w.oldest = w.now - parts
    redis.call('HSET', key, 'sum', text(w.sum), 'oldest', text(w.oldest))
  end
  return w
end

local function add(w, amount)
  if amount <= 0 then
    return
  end
  w.sum, w.last = w.sum + amount, w.now
  redis.call('HINCRBY', w.key, text(w.now), text(amount))
  redis.call('HSET', w.key, 'sum', text(w.sum), 'oldest', text(w.oldest), 'newest', text(w.now), 'last', text(w.last))
  redis.call('PEXPIRE', w.key, text((w.parts + 2) * w.part + 10000))
end

local function finish(w, i)
  return math.max(1, (i + 1 + w.parts) * w.part - now)
end

local function held(key)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', text(now))
  return redis.call('ZCARD', key)
end

local function hold(key, id, lease)
  redis.call('ZADD', key, text(now + lease), id)
  redis.call('PEXPIRE', key, text(lease + 10000))
end
