// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.proposal;

import picocli.CommandLine.Command;

/// `steward reject`: a second person's answer to a change.
@Command(
    name = "reject",
    description = "Rejects a change that waits for a second person, or takes back one's own.")
public final class RejectCommand extends AnswerCommand {
  public RejectCommand() {
    super("reject");
  }
}
