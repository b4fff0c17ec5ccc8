// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.relay;

/// The call was ended by somebody else. It has no stack trace: a kill ends hundreds at once.
public final class CutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Cuttable.Why why;

  CutException(Cuttable.Why why) {
    super("the call was ended: " + why, null, false, false);
    this.why = why;
  }

  public Cuttable.Why why() {
    return why;
  }
}
