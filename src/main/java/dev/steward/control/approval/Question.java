// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.approval;

import dev.steward.domain.decision.ApprovalTerms;
import java.util.List;

/// Why people are asked, and what they should know of the call.
///
/// @param rules that asked, as `policy/rule`
/// @param reason what policy said, without any value of an argument
/// @param terms each of which must be met
/// @param effect of the tool, "" when it declares none
/// @param version of the agent, short
/// @param key id of the agent key that the call was made with, "" when not known
/// @param requester id of the person who issued that key, "" when not known
/// @param starters ids of the people who started the run, as far as it is said and they are
///   declared
/// @param traceId of the call
/// @param conversation "" when not known
/// @param steps of the run before the call
/// @param spent by the run before the call, such as `0.02 USD`; "" when not known
/// @param cost the most that the call can cost, such as `0.02 USD`; "" when not known
public record Question(
    List<String> rules,
    String reason,
    List<ApprovalTerms> terms,
    String effect,
    String version,
    String key,
    String requester,
    List<String> starters,
    String traceId,
    String conversation,
    long steps,
    String spent,
    String cost) {
  public Question {
    rules = List.copyOf(rules);
    starters = List.copyOf(starters);
    terms = List.copyOf(terms);
  }

  /// Whether the same version asked, with the same key.
  boolean sameAsker(Question other) {
    return version.equals(other.version) && key.equals(other.key);
  }

  /// The same for another reason.
  public Question because(String why) {
    return new Question(
        rules,
        why,
        terms,
        effect,
        version,
        key,
        requester,
        starters,
        traceId,
        conversation,
        steps,
        spent,
        cost);
  }

  /// The same with who asked.
  public Question by(String issuer, List<String> people) {
    return new Question(
        rules,
        reason,
        terms,
        effect,
        version,
        key,
        issuer,
        people,
        traceId,
        conversation,
        steps,
        spent,
        cost);
  }
}
