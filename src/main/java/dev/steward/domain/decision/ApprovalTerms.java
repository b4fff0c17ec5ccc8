// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.decision;

import java.time.Duration;
import java.util.List;

/// Who must agree to a call, and for how long it waits.
///
/// @param approvers people or the names of roles that people hold; none for anyone who may approve
/// @param count how many of them
/// @param fourEyes whether who asked for the run may not be one of them
/// @param expires after which it is denied
public record ApprovalTerms(List<String> approvers, int count, boolean fourEyes, Duration expires) {
  public static final Duration EXPIRES = Duration.ofHours(1);
  public static final ApprovalTerms ANYONE = new ApprovalTerms(List.of(), 1, true, EXPIRES);

  public ApprovalTerms {
    approvers = List.copyOf(approvers);
  }
}
