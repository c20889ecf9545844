import { statement } from "../statement";

export interface MemberSessionRow {
  id: string;
  name: string;
  email: string;
  customer_id: string | null;
  role: "owner" | "billing" | "viewer" | null;
}

/** Who a member's session belongs to, with the membership that was chosen, else the oldest. */
export const memberOfSession = statement<MemberSessionRow>(
  "member_of_session",
  `SELECT l.id, l.name, l.email, m.customer_id, m.role
   FROM login_session s
   JOIN login l ON l.id = s.login_id
   LEFT JOIN LATERAL (
     SELECT customer_id, role FROM member WHERE login_id = l.id
     ORDER BY customer_id = l.active_customer_id DESC NULLS LAST, created_at, customer_id LIMIT 1
   ) m ON true
   WHERE s.token = $1 AND s.expires_at > now()`,
);

export interface StaffSessionRow {
  id: string;
  name: string;
  email: string;
  role: "viewer" | "support" | "finance" | "admin";
}

export const staffOfSession = statement<StaffSessionRow>(
  "staff_of_session",
  `SELECT f.id, f.name, f.email, f.role
   FROM staff_session s
   JOIN staff f ON f.id = s.staff_id
   WHERE s.token = $1 AND s.expires_at > now()`,
);
