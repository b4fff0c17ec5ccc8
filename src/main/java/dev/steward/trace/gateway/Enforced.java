// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.gateway;

import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What our gateway did with a call.
///
/// @param decision `allow` or `deny`
/// @param refusal why it was not let through or not answered, in a word; "" when it was
/// @param upstream provider that answered, or should have, "" when none was chosen
/// @param note how the answer ended where it did not come to its end, "" else
/// @param flags what was noticed of the run that went on all the same, in words
/// @param undeclared what the process sent that its version does not declare, in words
/// @param attempts tries at providers, in their order; empty where the first answered
/// @param proposals tool calls in the model's answer that policy decided on
public record Enforced(
    String decision,
    String refusal,
    String upstream,
    String note,
    List<String> flags,
    List<String> undeclared,
    List<Attempt> attempts,
    List<Proposal> proposals) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PROPOSALS = "\"steward.proposals\"";
  private static final String UNDECLARED = "steward.undeclared";

  public Enforced {
    flags = List.copyOf(flags);
    undeclared = List.copyOf(undeclared);
    attempts = List.copyOf(attempts);
    proposals = List.copyOf(proposals);
  }

  /// One try at one provider.
  ///
  /// @param outcome status of its answer, or why there was none
  public record Attempt(String provider, String model, String outcome, long millis) {}

  /// A tool call that the model proposed, and what policy said of it.
  ///
  /// @param id that the model gave it, "" for none
  /// @param tool as policies name it: `server/tool`
  /// @param decision `allow`, `deny`, `require_approval`, or `none` where no policy is about it
  /// @param rules that made it, as `policy/rule`
  /// @param heldBack whether the agent got a refusal in its place
  /// @param approval that it waits for or used, "" for none
  /// @param shadow what policies in shadow mode would have made of it, "" where that is the same
  public record Proposal(
      String id,
      String tool,
      String decision,
      List<String> rules,
      String reason,
      boolean heldBack,
      String approval,
      String shadow,
      String shadowReason) {
    public Proposal {
      rules = List.copyOf(rules);
    }
  }

  /// What the processes behind these spans sent that their versions do not declare, each once.
  public static List<String> undeclared(List<Span> spans) {
    Set<String> undeclared = new TreeSet<>();
    for (Span span : spans) {
      // Few calls have any, and runs may be long.
      if (span.raw().attributesJson().contains(UNDECLARED)) {
        of(span).ifPresent(done -> undeclared.addAll(done.undeclared()));
      }
    }
    return List.copyOf(undeclared);
  }

  /// The tool calls in a model's answer that policy decided on, read without the rest of what the
  /// gateway tells of the call: runs may be long.
  public static List<Proposal> proposals(Span span) {
    String told = span.raw().attributesJson();
    int at = span.teller().gateway() ? told.indexOf(PROPOSALS) : -1;
    int from = at + PROPOSALS.length() + 1;
    if (at < 0 || from >= told.length() || told.charAt(from) != '"') {
      return at < 0 ? List.of() : of(span).map(Enforced::proposals).orElse(List.of());
    }
    int end = from + 1;
    while (end < told.length() && told.charAt(end) != '"') {
      end += told.charAt(end) == '\\' ? 2 : 1;
    }
    return proposals(json(told.substring(from, Math.min(told.length(), end + 1))));
  }

  /// How many of the proposed calls the agent did not get.
  public int heldBack() {
    return (int) proposals.stream().filter(Proposal::heldBack).count();
  }

  /// Whether policy, a budget or a person was in the way.
  public boolean denied() {
    return decision.equals("deny");
  }

  /// Whether another model answered than the one that was tried first.
  public boolean fellBack() {
    return attempts.size() > 1
        && refusal.isEmpty()
        && !(attempts.getFirst().provider().equals(attempts.getLast().provider())
            && attempts.getFirst().model().equals(attempts.getLast().model()));
  }

  /// Empty for a span that the gateway does not tell of.
  public static Optional<Enforced> of(Span span) {
    if (!span.teller().gateway()) {
      return Optional.empty();
    }
    JsonNode attributes = json(span.raw().attributesJson());
    String decision = attributes.path("steward.decision").asString("");
    return decision.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Enforced(
                decision,
                attributes.path("steward.refusal").asString(""),
                attributes.path("steward.upstream").asString(""),
                attributes.path("steward.note").asString(""),
                texts(attributes.path("steward.flags")),
                texts(attributes.path(UNDECLARED)),
                attempts(attributes.path("steward.attempts")),
                proposals(attributes.path("steward.proposals"))));
  }

  private static List<Proposal> proposals(JsonNode written) {
    List<Proposal> proposals = new ArrayList<>();
    for (JsonNode call : written.isString() ? json(written.stringValue()) : written) {
      List<String> rules = new ArrayList<>();
      call.path("rules").forEach(rule -> rules.add(rule.asString("")));
      proposals.add(
          new Proposal(
              call.path("id").asString(""),
              call.path("target").asString(""),
              call.path("decision").asString(""),
              rules,
              call.path("reason").asString(""),
              call.path("heldBack").asBoolean(false),
              call.path("approval").asString(""),
              call.path("shadow").asString(""),
              call.path("shadowReason").asString("")));
    }
    return proposals;
  }

  private static List<String> texts(JsonNode written) {
    List<String> texts = new ArrayList<>();
    written.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  private static List<Attempt> attempts(JsonNode written) {
    List<Attempt> attempts = new ArrayList<>();
    for (JsonNode attempt : written.isString() ? json(written.stringValue()) : written) {
      attempts.add(
          new Attempt(
              attempt.path("provider").asString(""),
              attempt.path("model").asString(""),
              attempt.path("outcome").asString(""),
              attempt.path("millis").asLong(0)));
    }
    return attempts;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the gateway wrote no JSON: " + text, e);
    }
  }
}
