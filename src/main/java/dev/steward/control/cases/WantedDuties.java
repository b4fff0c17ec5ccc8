// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.cases;

import dev.steward.control.yaml.Durations;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Obligations.RateLimit;
import dev.steward.domain.decision.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What a case wants to go along with the call. A part that the case does not name is left open; a
/// part that it names must be so and no more.
///
/// @param redact fields, in any order
/// @param limits rates, in any order
/// @param reason whether the agent must say why
/// @param approvals terms, each of them once, in any order
record WantedDuties(
    Optional<List<String>> redact,
    Optional<List<RateLimit>> limits,
    Optional<Boolean> reason,
    Optional<List<WantedTerms>> approvals) {

  /// Terms of an approval; what is empty is left open.
  record WantedTerms(
      Optional<List<String>> approvers,
      Optional<Long> count,
      Optional<Boolean> fourEyes,
      Optional<Duration> expires) {
    boolean fits(ApprovalTerms terms) {
      return approvers.map(terms.approvers()::equals).orElse(true)
          && count.map(wanted -> wanted == terms.count()).orElse(true)
          && fourEyes.map(wanted -> wanted == terms.fourEyes()).orElse(true)
          && expires.map(terms.expires()::equals).orElse(true);
    }
  }

  /// `obligations: {redact, limits, reason}` and `approval: {approvers, count, fourEyes, expires}`,
  /// or a list of such where the terms of several rules must be met.
  static WantedDuties read(Fields fields) {
    Optional<Fields> told = fields.object("obligations");
    WantedDuties wanted =
        new WantedDuties(
            told.filter(duties -> duties.has("redact")).map(duties -> duties.texts("redact")),
            told.filter(duties -> duties.has("limits") || duties.has("limit"))
                .map(WantedDuties::limits),
            told.filter(duties -> duties.has("reason")).map(duties -> duties.flag("reason", false)),
            fields.has("approval") ? Optional.of(approvals(fields)) : Optional.empty());
    told.ifPresent(Fields::close);
    return wanted;
  }

  /// What is wrong with those of the decision, empty when they are as wanted.
  Optional<String> wrong(Decision decision) {
    Obligations got =
        switch (decision) {
          case Verdict.Allow allow -> allow.obligations();
          case Verdict.Deny _ -> Obligations.NONE;
          case Decision.RequireApproval pending -> pending.obligations();
        };
    List<ApprovalTerms> terms =
        decision instanceof Decision.RequireApproval pending ? pending.terms() : List.of();
    if (redact.isPresent() && !alike(redact.get(), got.redact())) {
      return Optional.of("wanted redact " + redact.get() + ", got " + got.redact());
    }
    if (limits.isPresent() && !alike(limits.get(), got.limits())) {
      return Optional.of("wanted limits " + words(limits.get()) + ", got " + words(got.limits()));
    }
    if (reason.isPresent() && reason.get() != got.reason()) {
      return Optional.of("wanted reason " + reason.get() + ", got " + got.reason());
    }
    if (approvals.isPresent() && !fit(approvals.get(), terms)) {
      return Optional.of(
          "wanted another approval than " + terms.stream().map(this::words).toList());
    }
    return Optional.empty();
  }

  private static boolean fit(List<WantedTerms> wanted, List<ApprovalTerms> terms) {
    List<ApprovalTerms> left = new ArrayList<>(terms);
    for (WantedTerms each : wanted) {
      Optional<ApprovalTerms> found = left.stream().filter(each::fits).findFirst();
      if (found.isEmpty()) {
        return false;
      }
      left.remove(found.get());
    }
    return left.isEmpty();
  }

  private static <T> boolean alike(List<T> wanted, List<T> got) {
    return new HashSet<>(wanted).equals(new HashSet<>(got));
  }

  private static List<String> words(List<RateLimit> limits) {
    return limits.stream()
        .map(limit -> limit.calls() + " per " + Durations.write(limit.per()))
        .toList();
  }

  private String words(ApprovalTerms terms) {
    return "{approvers: "
        + terms.approvers()
        + ", count: "
        + terms.count()
        + ", fourEyes: "
        + terms.fourEyes()
        + ", expires: "
        + Durations.write(terms.expires())
        + "}";
  }

  private static List<RateLimit> limits(Fields duties) {
    List<Fields> written =
        duties.has("limit")
            ? duties.object("limit").map(List::of).orElse(List.of())
            : duties.objects("limits");
    List<RateLimit> limits = new ArrayList<>();
    for (Fields limit : written) {
      limits.add(
          new RateLimit(
              limit.whole("calls", 0), Durations.read(limit, "per", Duration.ofMinutes(1))));
      limit.close();
    }
    return limits;
  }

  private static List<WantedTerms> approvals(Fields fields) {
    List<Fields> written =
        fields.isObject("approval")
            ? fields.object("approval").map(List::of).orElse(List.of())
            : fields.objects("approval");
    List<WantedTerms> approvals = new ArrayList<>();
    for (Fields terms : written) {
      approvals.add(
          new WantedTerms(
              terms.has("approvers") ? Optional.of(terms.texts("approvers")) : Optional.empty(),
              terms.has("count") ? Optional.of(terms.whole("count", 1)) : Optional.empty(),
              terms.has("fourEyes") ? Optional.of(terms.flag("fourEyes", true)) : Optional.empty(),
              terms.has("expires")
                  ? Optional.of(Durations.read(terms, "expires", ApprovalTerms.EXPIRES))
                  : Optional.empty()));
      terms.close();
    }
    return approvals;
  }
}
