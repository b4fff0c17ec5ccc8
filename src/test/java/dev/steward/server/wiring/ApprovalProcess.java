// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.Control;
import dev.steward.control.Requests;
import dev.steward.control.access.Actor;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Status;
import dev.steward.control.command.Command;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.server.TestServer;
import dev.steward.server.folder.DataFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A process that asks for approvals, gets them and uses them up, and says each once it is durable,
/// to be killed at any moment.
final class ApprovalProcess {
  private ApprovalProcess() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    int first = Integer.parseInt(arguments[1]);
    Control control = open(folder, new Closing());
    for (Approval approval : control.state().approvals().open()) {
      if (approval.status() == Status.APPROVED) {
        use(control, approval.id());
      }
    }
    for (int i = first; ; i++) {
      String id = "a-%06d".formatted(i);
      control.submit(
          Requests.of(
              id,
              "refunds",
              "{\"amount\":" + i + "}",
              "",
              List.of(new ApprovalTerms(List.of(), 1, false, Duration.ofHours(1)))),
          Actor.agent("refunds"));
      say("asked", id);
      control.submit(
          new Command.AnswerApproval(
              id, true, "", Optional.empty(), Optional.empty(), Optional.empty()),
          Actor.SYSTEM);
      say("approved", id);
      use(control, id);
    }
  }

  static Control open(Path folder, Closing closing) {
    return Ledgers.open(
            new DataFolder(folder),
            TestServer.config(folder, Map.of()).ledger(),
            Clock.systemUTC(),
            new SecureRandom(),
            closing)
        .control();
  }

  private static void use(Control control, String id) {
    control.submit(new Command.UseApproval(id), Actor.agent("refunds"));
    say("used", id);
  }

  private static void say(String what, String id) {
    System.out.println(what + " " + id);
    System.out.flush();
  }
}
