/** Reads a track such as "Blue Monday 7:29". */
exports.parseTrack = (text) => {
  const [, title, minutes, seconds] = /^(.+) (\d+):(\d\d)$/.exec(text) ?? [];
  if (title === undefined) throw new TypeError(`${text} is no track`);
  return { title, seconds: Number(minutes) * 60 + Number(seconds) };
};

exports.playingTime = (tracks) => tracks.reduce((sum, { seconds }) => sum + seconds, 0);
