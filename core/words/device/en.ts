import { type DeviceWords, deviceRu } from './ru.ts'

export const deviceEn: DeviceWords = deviceRu
