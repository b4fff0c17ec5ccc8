// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import java.time.Instant;
import java.util.Map;

/// One thing that has happened, as people are told it. It holds nothing of what was said in a run.
///
/// @param event such as `approval.requested`
/// @param subject id of what it is about
/// @param title one line
/// @param text the same with what to do, in a few lines
/// @param path of the page where it is seen, such as `/approvals/ID`
/// @param data what a program wants to know
public record Notice(
    String event,
    String subject,
    Instant at,
    String title,
    String text,
    String path,
    Map<String, String> data) {
  public Notice {
    data = Map.copyOf(data);
  }
}
