// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.call.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something that is to be proved.
public sealed interface Statement {
  /// How statements are written.
  String FORM =
      "agent NAME never calls SERVER/TOOL [without approval] [in environment NAME], with * for"
          + " every agent or any tool; never does a EFFECT effect or never reads label LABEL in"
          + " place of calls; agent NAME allows nothing that version VERSION did not; or allows"
          + " nothing new";

  /// That an agent never does something.
  ///
  /// @param agent its name, `*` for every agent
  /// @param withoutApproval whether it may, when a person agrees
  /// @param environment in which, empty for everywhere
  record Never(String agent, Deed deed, boolean withoutApproval, Optional<String> environment)
      implements Statement {
    @Override
    public String toString() {
      return "agent "
          + agent
          + " never "
          + deed.words()
          + (withoutApproval ? " without approval" : "")
          + environment.map(name -> " in environment " + name).orElse("");
    }
  }

  /// That a version of an agent may do nothing that another might not.
  ///
  /// @param version beginning of its digest, "" for the one declared last
  /// @param before beginning of the other's digest
  record NothingMore(String agent, String version, String before) implements Statement {
    @Override
    public String toString() {
      return "agent "
          + agent
          + (version.isEmpty() ? "" : " version " + version)
          + " allows nothing that version "
          + before
          + " did not";
    }
  }

  /// That policies as proposed allow nothing that those in force do not.
  record NothingNew() implements Statement {
    @Override
    public String toString() {
      return "allows nothing new";
    }
  }

  /// Reads a statement.
  ///
  /// @throws ApiException INVALID when it is something else
  static Statement parse(String text) {
    String plain = text.strip().replaceAll("\\s+", " ");
    if (plain.matches("allows nothing new\\.?")) {
      return new NothingNew();
    }
    Matcher more = Forms.NOTHING_MORE.matcher(plain);
    if (more.matches()) {
      return new NothingMore(
          more.group(1), more.group(2) == null ? "" : more.group(2), more.group(3));
    }
    Matcher never = Forms.NEVER.matcher(plain);
    if (never.matches() && (never.group(5) == null || never.group(7) == null)) {
      return new Never(
          never.group(1),
          Forms.deed(never),
          never.group(5) != null || never.group(7) != null,
          Optional.ofNullable(never.group(6)));
    }
    throw new ApiException(
        ErrorCode.INVALID,
        "'"
            + (text.length() > 200 ? text.substring(0, 200) + "..." : text)
            + "' cannot be read; write: "
            + FORM);
  }

  /// How each kind is read.
  final class Forms {
    private static final String WORDS = "([a-z0-9_.-]+(?:(?:, | or )[a-z0-9_.-]+)*)";
    private static final Pattern NEVER =
        Pattern.compile(
            "(?:agent )?(\\S+) never (?:(?:does|has) (?:an? |any )?"
                + WORDS
                + " effects?|reads (?:the )?(?:labels? |data labell?ed )?"
                + WORDS
                + "|(?:calls )?(\\S+/\\S+|\\*))"
                + "( without approval)?(?: in (?:environment )?(\\S+?))?( without approval)?\\.?");
    private static final Pattern NOTHING_MORE =
        Pattern.compile(
            "(?:agent )?(\\S+)(?: version ([0-9a-f]+))?"
                + " allows nothing that (?:version )?([0-9a-f]+) did not\\.?");

    private Forms() {}

    private static Deed deed(Matcher never) {
      if (never.group(2) != null) {
        List<Effect> effects = new ArrayList<>();
        for (String word : never.group(2).split(", | or ")) {
          effects.add(
              Effect.of(word)
                  .orElseThrow(() ->
                      new ApiException(
                          ErrorCode.INVALID,
                          "'"
                              + word
                              + "' is no effect; known are "
                              + String.join(
                                  ", ",
                                  Arrays.stream(Effect.values()).map(Effect::word).toList()))));
        }
        return new Deed.Does(effects);
      }
      return never.group(3) != null
          ? new Deed.Reads(List.of(never.group(3).split(", | or ")))
          : new Deed.Calls(never.group(4));
    }
  }
}
