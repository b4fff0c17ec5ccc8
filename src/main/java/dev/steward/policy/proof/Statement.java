// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something that is to be proved: that an agent never calls a tool.
///
/// @param agent its name, `*` for every agent
/// @param tool `server/tool`, where `*` stands for any text
/// @param withoutApproval whether it may, when a person agrees
/// @param environment in which, empty for everywhere
public record Statement(
    String agent, String tool, boolean withoutApproval, Optional<String> environment) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:agent )?(\\S+) never (?:calls )?(\\S+/\\S+|\\*)"
              + "( without approval)?(?: in (?:environment )?([^\\s]+))?( without approval)?\\.?");

  /// Reads `agent A never calls T [without approval] [in environment E]`.
  ///
  /// @throws ApiException INVALID when it is something else
  public static Statement parse(String text) {
    Matcher written = FORM.matcher(text.strip().replaceAll("\\s+", " "));
    if (!written.matches() || (written.group(3) != null && written.group(5) != null)) {
      throw new ApiException(
          ErrorCode.INVALID,
          "'"
              + (text.length() > 200 ? text.substring(0, 200) + "..." : text)
              + "' cannot be read; write: agent NAME never calls SERVER/TOOL [without approval] [in"
              + " environment NAME], with * for every agent or any tool");
    }
    return new Statement(
        written.group(1),
        written.group(2),
        written.group(3) != null || written.group(5) != null,
        Optional.ofNullable(written.group(4)));
  }

  @Override
  public String toString() {
    return "agent "
        + agent
        + " never calls "
        + tool
        + (withoutApproval ? " without approval" : "")
        + environment.map(name -> " in environment " + name).orElse("");
  }
}
