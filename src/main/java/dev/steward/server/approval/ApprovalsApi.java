// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.approval;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.approval.Status;
import dev.steward.control.consent.ApprovalView;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.live.ApprovalDesk;
import dev.steward.control.live.ApprovalDesk.Said;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What waits for people, and their answers.
public final class ApprovalsApi {
  private static final String GROUP = "Approvals";
  private static final int LIST_MAX = 1_000;

  private final Control control;
  private final ApprovalDesk desk;
  private final InstantSource clock;

  public ApprovalsApi(Control control, ApprovalDesk desk, InstantSource clock) {
    this.control = control;
    this.desk = desk;
    this.clock = clock;
  }

  /// The newest first, at most 1,000.
  ///
  /// @param pending how many wait, whatever the status asked for
  public record ApprovalList(List<ApprovalItem> items, int pending) {}

  /// A yes or a no.
  ///
  /// @param answer approve or deny
  /// @param arguments other arguments that are agreed to instead
  /// @param argumentsDigest of the arguments that were looked at; where they have been edited
  ///   since, the answer is refused
  /// @param minutes that it took; without it the time since the caller first looked
  public record AnswerRequest(
      String answer,
      @Nullable String reason,
      @Nullable JsonNode arguments,
      @Nullable String argumentsDigest,
      @Nullable BigDecimal minutes) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/approvals", Need.READ)
            .about(GROUP, "Calls that wait for people, or that people answered; the newest first.")
            .query("status", "string", "pending, approved, denied, expired or used; all without it")
            .gives(ApprovalList.class)
            .by(this::list),
        Route.get("/api/v1/approvals/{id}", Need.READ)
            .about(GROUP, "One approval. The caller's time of review begins when it is first read.")
            .gives(ApprovalItem.class)
            .by(this::one),
        Route.post("/api/v1/approvals/{id}", Need.of(Permission.APPROVE))
            .about(
                GROUP,
                "Approves, with `arguments` edits and approves, or denies. A yes may be taken back"
                    + " by a no until the call is made.")
            .takes(AnswerRequest.class)
            .gives(ApprovalItem.class)
            .by(this::answer));
  }

  private Reply list(Exchange exchange) {
    Status status = exchange.query("status").map(ApprovalsApi::status).orElse(null);
    List<ApprovalItem> items = new ArrayList<>();
    for (ApprovalView view : desk.list(exchange.caller().actor(), status, LIST_MAX)) {
      items.add(item(view));
    }
    return Reply.json(new ApprovalList(items, desk.pending(exchange.caller().actor())));
  }

  private Reply one(Exchange exchange) {
    return Reply.json(item(desk.look(exchange.pathParameter("id"), exchange.caller().actor())));
  }

  private Reply answer(Exchange exchange) {
    AnswerRequest wanted = exchange.json(AnswerRequest.class);
    boolean approve =
        switch (String.valueOf(wanted.answer()).toLowerCase(Locale.ROOT)) {
          case "approve" -> true;
          case "deny" -> false;
          default ->
              throw new ApiException(
                  ErrorCode.INVALID, "answer is '" + wanted.answer() + "': say approve or deny");
        };
    JsonNode edited = wanted.arguments();
    if (edited != null && !edited.isNull() && !approve) {
      throw new ApiException(ErrorCode.INVALID, "arguments go with approve; a deny has none");
    }
    Said said =
        new Said(
            approve,
            wanted.reason() == null ? "" : wanted.reason(),
            edited == null || edited.isNull() ? null : CanonicalJson.text(edited),
            digest(wanted.argumentsDigest()),
            wanted.minutes());
    return Reply.json(
        item(desk.answer(exchange.pathParameter("id"), said, exchange.caller().actor())));
  }

  private ApprovalItem item(ApprovalView view) {
    return ApprovalItem.of(view, control.state(), clock.instant());
  }

  private static Status status(String word) {
    return Status.of(word)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.INVALID,
                "status is '" + word + "': say pending, approved, denied, expired or used"));
  }

  private static @Nullable Digest digest(@Nullable String hex) {
    if (hex == null || hex.isEmpty()) {
      return null;
    }
    try {
      return new Digest(hex);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.INVALID, "argumentsDigest is " + e.getMessage(), e);
    }
  }
}
