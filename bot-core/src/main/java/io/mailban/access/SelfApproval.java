package io.mailban.access;

/** Whether an approver may approve what they requested themselves: there is often only one administrator. */
public enum SelfApproval {
    /** Never: somebody else has to. */
    REFUSED,
    /** For a single address in jails other than recidive, with one confirm, marked as self-approved. */
    SINGLE_ADDRESS
}
