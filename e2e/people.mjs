/** Whom the demonstration city has. */

/** A clerk whose unit always has something to do: the city management bureau's. */
export const unitLogin = async () => "unit-chengguan";
