/** Whom the demonstration city has, by what they do. `crates/demo/src/build/people.rs` makes them. */
export const OFFICE = "office-1";
export const OTHER_OFFICE = "office-2";
export const DISPATCHER = "dispatcher-1";
/** Inspects, and checks answers for the supervision. */
export const INSPECTOR = "inspector-1";
export const LEADER = "leader-1";
export const SYSTEM_ADMIN = "system-admin";
export const SECURITY_ADMIN = "security-admin";
export const AUDITOR = "auditor";

/** The unit that the scenes use: the city management bureau, which has most to do. */
export const UNIT_NAME = "市城市管理局";
export const CLERK = "unit-chengguan";
export const HEAD = "head-chengguan";
/** Has begun, and not finished, to set up a second factor. */
export const HALF_WAY = "head-yuanlin";
