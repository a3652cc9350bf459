// What people of a client are told of by mail, where they want it: each by whoever knows it.

/** By the operator: what is laid on a register, unsent for a day there, or red for an hour. */
export const operatorNotices = ['measures', 'unsent', 'red'] as const
/**
 * By the office: a subscription's end or its new price, a failed renewal, a day that the bank did
 * not confirm.
 */
export const officeNotices = ['subscription', 'renewal', 'business-day'] as const

export type OperatorNotice = (typeof operatorNotices)[number]
export type OfficeNotice = (typeof officeNotices)[number]
export type NoticeName = OperatorNotice | OfficeNotice
