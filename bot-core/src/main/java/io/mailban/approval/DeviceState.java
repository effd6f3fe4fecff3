package io.mailban.approval;

/** What the requester says of the device that failed: whether the ban would come back at once. */
public enum DeviceState {
    /** It has the right password now. */
    PASSWORD_CHANGED,
    /** It is switched off, or its account is removed. */
    SWITCHED_OFF,
    /** It still sends the old password; a new ban within minutes is to be expected. */
    NOT_YET,
    /** Nobody said. */
    UNKNOWN
}
