import { operatorNotices } from '../notices.ts'
import { cabinetNoticesApi } from './cabinet/notices.ts'
import { cabinetOwnApi } from './cabinet/own.ts'
import { cabinetPeopleApi } from './cabinet/people.ts'
import { together } from './contract.ts'
import { cabinetActsApi } from './operator-cabinet/acts.ts'
import { cabinetAnswersApi } from './operator-cabinet/answers.ts'
import { cabinetDocumentsApi } from './operator-cabinet/documents.ts'
import { cabinetEnrolmentApi } from './operator-cabinet/enrolment.ts'
import { cabinetFindingsApi } from './operator-cabinet/findings.ts'
import { cabinetFleetApi } from './operator-cabinet/fleet.ts'
import { cabinetOverviewApi } from './operator-cabinet/overview.ts'
import { cabinetRegistersApi } from './operator-cabinet/registers.ts'
import { cabinetSessionApi } from './operator-cabinet/session.ts'
import { cabinetStaffApi } from './operator-cabinet/staff.ts'
import { cabinetViewApi } from './operator-cabinet/view.ts'
import { cabinetWordsApi } from './operator-cabinet/words.ts'

/** The operator's cabinet. A client sees its own registers alone. */
export const operatorCabinetApi = together(
  cabinetSessionApi,
  cabinetRegistersApi,
  cabinetDocumentsApi,
  cabinetAnswersApi,
  cabinetWordsApi,
  cabinetPeopleApi,
  cabinetActsApi,
  cabinetFindingsApi,
  cabinetOverviewApi,
  cabinetFleetApi,
  cabinetStaffApi,
  cabinetOwnApi,
  cabinetNoticesApi(operatorNotices),
  cabinetViewApi,
  cabinetEnrolmentApi,
)
