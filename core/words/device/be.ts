import { type DeviceWords, deviceRu } from './ru.ts'

export const deviceBe: DeviceWords = deviceRu
