// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.approval.ApprovalPage.AnswerRow;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.approval.Answer;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.BoundCall;
import dev.steward.control.approval.PlainWords;
import dev.steward.control.approval.Question;
import dev.steward.control.approval.Status;
import dev.steward.control.consent.ApprovalView;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.resource.ToolServer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the pages of approvals.
final class ApprovalPages {
  static final int ENDED_MAX = 50;

  private final ConsoleViews views;
  private final Framer framer;
  private final InstantSource clock;

  ApprovalPages(ConsoleViews views, Framer framer, InstantSource clock) {
    this.views = views;
    this.framer = framer;
    this.clock = clock;
  }

  ApprovalsPage inbox(Visit visit) {
    Moments moments = framer.moments(visit.request());
    Instant now = clock.instant();
    List<ApprovalRow> waiting = new ArrayList<>();
    List<ApprovalView> shown = new ArrayList<>(waiting(visit.reader()));
    for (ApprovalView view : shown) {
      waiting.add(ApprovalRows.row(view, moments, now));
    }
    List<ApprovalRow> ended = new ArrayList<>();
    for (ApprovalView view : views.live().approvals().list(visit.reader().actor(), null, 500)) {
      if (!ApprovalRows.waits(view) && ended.size() < ENDED_MAX) {
        ended.add(ApprovalRows.row(view, moments, now));
        shown.add(view);
      }
    }
    String live = ApprovalsFeed.shown(shown).in("/live/approvals");
    return new ApprovalsPage(
        framer.single(visit.request(), "Approvals", "approvals", List.of(), live),
        Figures.of(waiting.size(), "call waits", "calls wait"),
        waiting,
        ended);
  }

  /// Those that wait and that the reader may see.
  List<ApprovalView> waiting(Reader reader) {
    return views.live().approvals().list(reader.actor(), Status.PENDING, 500);
  }

  ApprovalRow row(PageRequest request, ApprovalView view) {
    return ApprovalRows.row(view, framer.moments(request), clock.instant());
  }

  ApprovalPage page(Visit visit, String id, String done, String wrong) {
    ApprovalView view = views.live().approvals().look(id, visit.reader().actor());
    Approval approval = view.approval();
    Moments moments = framer.moments(visit.request());
    boolean waits = ApprovalRows.waits(view);
    boolean may = waits && view.refusal().isEmpty();
    boolean takesBack = view.status() == Status.APPROVED;
    String arguments = view.arguments().map(ApprovalPages::pretty).orElse("");
    return new ApprovalPage(
        framer.single(
            visit.request(),
            approval.call().target(),
            "approvals",
            List.of(new Crumb("Approvals", "/approvals")),
            ApprovalFeed.shown(view).in("/live/approvals/" + id)),
        id,
        PlainWords.wish(approval),
        PlainWords.consequence(approval),
        state(view, moments),
        done,
        wrong,
        arguments,
        view.original().map(ApprovalPages::pretty).orElse(""),
        view.arguments().isPresent()
            ? ""
            : view.content()
                ? "They were erased together with a person whom they name."
                : "Your role does not let you read what agents send.",
        view.content() ? approval.arguments().hex() : "",
        view.why(),
        facts(approval, views.control().state(), moments),
        RunSoFar.of(
            approval, views.control().state(), framer.traces(visit.reader()), visit.reader()),
        waits ? view.refusal().orElse("") : "",
        may ? approve(visit, view) : null,
        view.mayDeny() && (waits || takesBack) ? deny(visit, view, takesBack) : null,
        may && !arguments.isEmpty() ? "/approvals/" + id + "/edit" : "",
        visit.request().form().getOrDefault("arguments", arguments));
  }

  /// How long a person looked at it, "" where nobody knows.
  private static String minutes(@Nullable BigDecimal minutes) {
    if (minutes == null) {
      return "";
    }
    return minutes.compareTo(BigDecimal.ONE) < 0
        ? "after less than a minute of review"
        : "after " + minutes.toPlainString() + " min of review";
  }

  ApprovalPage.State state(ApprovalView view, Moments moments) {
    State state = views.control().state();
    Approval approval = view.approval();
    List<AnswerRow> answers = new ArrayList<>();
    for (Answer answer : approval.answers()) {
      answers.add(
          new AnswerRow(
              answer.approve()
                  ? new Mark(Mark.Tone.OK, answer.edited() == null ? "Agreed" : "Agreed, edited")
                  : new Mark(Mark.Tone.CRITICAL, "Denied"),
              ActorName.of(answer.by(), state),
              moments.of(answer.at()).relative(),
              state.text(answer.reason()).orElse("erased"),
              minutes(answer.minutes())));
    }
    String words =
        switch (view.status()) {
          case PENDING ->
              "Denied without an answer " + moments.of(approval.expiresAt()).relative() + ".";
          case APPROVED ->
              "Void unless the agent makes the call; expires "
                  + moments.of(approval.expiresAt()).relative()
                  + ".";
          case DENIED -> "The call is refused, also when it is made again.";
          case EXPIRED -> "Nobody answered in time, or the call did not come back; it is refused.";
          case USED -> "The call was made; another like it needs its own approval.";
        };
    return new ApprovalPage.State(ApprovalRows.mark(view), words, answers);
  }

  private static Deed approve(Visit visit, ApprovalView view) {
    Approval approval = view.approval();
    int more = view.missing() - 1;
    return new Deed(
            "approve",
            "/approvals/" + approval.id() + "/approve",
            visit.request().csrf(),
            view.content() ? Map.of("digest", approval.arguments().hex()) : Map.of(),
            "Approve " + approval.call().target(),
            PlainWords.consequence(approval)
                + (more > 0
                    ? " " + Figures.of(more, "more person", "more people") + " must agree first."
                    : ""),
            "",
            false)
        .shown("Approve");
  }

  private static Deed deny(Visit visit, ApprovalView view, boolean takesBack) {
    Approval approval = view.approval();
    return new Deed(
            "deny",
            "/approvals/" + approval.id() + "/deny",
            visit.request().csrf(),
            Map.of(),
            (takesBack ? "Take back the approval of " : "Deny ") + approval.call().target(),
            "The call is refused, and the agent is told your reason. The same call made again asks"
                + " nobody for a while.",
            "Reason, kept in the ledger and told to the agent",
            true)
        .shown(takesBack ? "Take back" : "Deny");
  }

  private static List<Fact> facts(Approval approval, State state, Moments moments) {
    Question question = approval.question();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        Fact.of("Agent", approval.call().agent())
            .to(PageUrl.of("/agents/" + approval.call().agent()).toString())
            .noted(question.version()));
    facts.add(Fact.of("Environment", approval.call().environment()));
    if (!approval.call().run().isEmpty()) {
      facts.add(
          Fact.mono("Run", approval.call().run())
              .to(PageUrl.of("/runs/" + approval.call().run()).toString())
              .noted("so far " + Figures.of(question.steps(), "step", "steps")));
    }
    if (!question.conversation().isEmpty()) {
      facts.add(
          Fact.mono("Conversation", question.conversation())
              .to(PageUrl.of("/conversations/" + question.conversation()).toString()));
    }
    facts.add(Fact.of("Can be undone", PlainWords.undoing(approval, tool(approval, state))));
    facts.add(Fact.of("Spent by the run", question.spent()));
    facts.add(Fact.of("Costs at most", question.cost()));
    for (String rule : question.rules()) {
      int slash = rule.indexOf('/');
      facts.add(
          Fact.of("Rule", rule).to("/policies/" + (slash < 0 ? rule : rule.substring(0, slash))));
    }
    facts.add(Fact.of("Policy says", question.reason()));
    for (ApprovalTerms terms : question.terms()) {
      facts.add(Fact.of("Must agree", words(terms)));
    }
    facts.add(Fact.of("Asked", moments.of(approval.at()).relative()));
    facts.add(Fact.mono("Approval", approval.id()));
    return facts;
  }

  private static Optional<ToolServer.Tool> tool(Approval approval, State state) {
    BoundCall call = approval.call();
    return state.find(ToolServer.class, call.server()).flatMap(server -> server.tool(call.tool()));
  }

  private static String words(ApprovalTerms terms) {
    String who =
        terms.approvers().isEmpty()
            ? (terms.count() == 1 ? "anybody" : terms.count() + " people") + " who may approve"
            : (terms.count() == 1 ? "" : terms.count() + " of ")
                + String.join(", ", terms.approvers());
    return who
        + (terms.fourEyes() ? ", and not who started the run or issued the agent's key" : "");
  }

  private static String pretty(String json) {
    return CanonicalJson.MAPPER
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(CanonicalJson.read(json));
  }
}
