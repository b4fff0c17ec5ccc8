// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.approval.BoundCall;
import dev.steward.control.approval.Question;
import dev.steward.control.command.Command;
import dev.steward.domain.Digest;
import dev.steward.domain.decision.ApprovalTerms;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Calls that people are asked about, for tests.
public final class Requests {
  private Requests() {}

  /// A payment of the agent in production, that so many people must agree to within so many
  /// seconds.
  public static Command.RequestApproval of(
      String id, String agent, String arguments, int people, int seconds) {
    return of(
        id,
        agent,
        arguments,
        "",
        List.of(new ApprovalTerms(List.of(), people, false, Duration.ofSeconds(seconds))));
  }

  public static Command.RequestApproval of(
      String id, String agent, String arguments, String key, List<ApprovalTerms> terms) {
    return new Command.RequestApproval(
        id,
        call(agent, arguments),
        new Question(
            List.of("payments-need-a-human/1"),
            "payments need a person",
            terms,
            "money",
            "0a1b2c3d",
            key,
            "",
            List.of(),
            "0af7651916cd43dd8448eb211c80319c",
            "",
            3,
            "",
            ""),
        arguments,
        "the customer is owed it",
        Set.of());
  }

  /// One like it in a run.
  public static Command.RequestApproval in(String run, String agent, String id) {
    Command.RequestApproval like = of(id, agent, "{\"amount\":1}", 1, 3600);
    BoundCall call = like.call();
    return new Command.RequestApproval(
        id,
        new BoundCall(
            call.agent(),
            call.environment(),
            run,
            call.server(),
            call.tool(),
            call.arguments(),
            call.rules()),
        like.question(),
        like.arguments(),
        like.why(),
        like.starters());
  }

  public static BoundCall call(String agent, String arguments) {
    return new BoundCall(
        agent,
        "production",
        "run-1",
        "payments",
        "refund",
        Digest.of(arguments),
        Digest.of("rules"));
  }
}
