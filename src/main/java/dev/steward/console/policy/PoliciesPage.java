// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import dev.steward.console.frame.Frame;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What agents may do, policy by policy.
///
/// @param title the name of a policy on its own page
/// @param proof null where the reader may not ask for a proof
/// @param tests null where the reader may not try cases
/// @param preview null where the reader may not preview policies
/// @param text of the policy as it is applied, on its own page; "" where it is not shown
/// @param more how many policies are left out, "" for none
/// @param none what stands there without a policy
/// @param waiting to the changes that wait for a second person, null where none does
public record PoliciesPage(
    Frame frame,
    String title,
    String lede,
    @Nullable ProofBox proof,
    @Nullable TestBox tests,
    @Nullable PreviewBox preview,
    List<Card> cards,
    String text,
    String more,
    @Nullable Empty none,
    @Nullable Link waiting) {
  public PoliciesPage {
    cards = List.copyOf(cards);
  }

  /// One policy.
  ///
  /// @param id unique on the page
  /// @param mode whether it is enforced
  /// @param scope whom it is for, in words
  /// @param governs how many agents it is for
  /// @param agents the first of them
  /// @param moreAgents to the others, null where all are named
  /// @param moreRules to the rules that are left out, null where all are shown
  public record Card(
      String id,
      String name,
      Mark mode,
      String scope,
      String governs,
      List<Link> agents,
      @Nullable Link moreAgents,
      List<Rule> rules,
      @Nullable Link moreRules) {
    public Card {
      agents = List.copyOf(agents);
      rules = List.copyOf(rules);
    }
  }

  /// One rule.
  ///
  /// @param name its name or its number
  /// @param says what it decides
  /// @param calls which calls it is about, in words
  /// @param when its condition as it is written, "" for always
  /// @param whenWords the same in plain words, "" where there are none for it
  /// @param also what must be done along with the call
  public record Rule(
      String name, Mark says, String calls, String when, String whenWords, List<String> also) {
    public Rule {
      also = List.copyOf(also);
    }
  }

  /// What was asked to be proved, and the answer.
  ///
  /// @param statement as it was written
  /// @param wrong why there is no answer, "" where there is one or nothing was asked
  public record ProofBox(String statement, String wrong, @Nullable Answer answer) {}

  /// How a proof ended, in words.
  ///
  /// @param statement as it was understood
  /// @param rules that let the call through
  /// @param suppositions under which they do
  public record Answer(
      Mark mark, String statement, String words, List<Link> rules, List<Supposition> suppositions) {
    public Answer {
      rules = List.copyOf(rules);
      suppositions = List.copyOf(suppositions);
    }
  }

  /// A condition, and whether it is supposed to hold.
  ///
  /// @param words what is supposed in plain words, "" where there are none for it
  public record Supposition(String condition, String words, String holds, String rule) {}

  /// Cases that were asked to be tried, and how they came out.
  ///
  /// @param text as it was written
  /// @param wrong why there is no answer, "" where there is one or nothing was asked
  public record TestBox(String text, String wrong, @Nullable Tested answer) {}

  /// How cases came out, in words.
  public record Tested(Mark mark, String words, List<TestedCase> cases) {
    public Tested {
      cases = List.copyOf(cases);
    }
  }

  /// One call with the decision that was wanted for it.
  ///
  /// @param mark whether it came out as wanted
  /// @param says what was decided
  /// @param reason of the decision, or what was wanted instead
  /// @param rules that decided
  public record TestedCase(
      String description, Mark mark, Mark says, String reason, List<Link> rules) {
    public TestedCase {
      rules = List.copyOf(rules);
    }
  }

  /// Policies that were proposed, and what they would have made of recorded calls.
  ///
  /// @param text as it was written
  /// @param wrong why there is no answer, "" where there is one or nothing was asked
  public record PreviewBox(String text, String days, String wrong, @Nullable Previewed answer) {}

  /// How a preview came out, in words.
  ///
  /// @param notes what was left out
  public record Previewed(Mark mark, String words, List<String> notes, List<Newly> changes) {
    public Previewed {
      notes = List.copyOf(notes);
      changes = List.copyOf(changes);
    }
  }

  /// Calls of one agent to one tool that come out otherwise in the same way.
  ///
  /// @param duties what is newly or no longer demanded along with the call
  /// @param reason of the first example
  /// @param examples to their runs, each with the arguments where they may be read
  public record Newly(
      String agent,
      String environment,
      String tool,
      Mark before,
      Mark after,
      List<String> duties,
      String calls,
      String reason,
      List<ExampleRun> examples) {
    public Newly {
      duties = List.copyOf(duties);
      examples = List.copyOf(examples);
    }
  }

  /// One of these calls.
  ///
  /// @param arguments as JSON, "" where they were not recorded or may not be read
  public record ExampleRun(Link run, String arguments) {}
}
