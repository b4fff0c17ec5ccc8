// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.proposal;

import picocli.CommandLine.Command;

/// `steward accept`: a second person's answer to a change.
@Command(
    name = "accept",
    description = "Accepts a change that somebody else proposed; it acts at once.")
public final class AcceptCommand extends AnswerCommand {
  public AcceptCommand() {
    super("accept");
  }
}
