// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.profile;

import dev.steward.trace.run.UsedPart;
import dev.steward.trace.run.UsedPart.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A manifest that would register a sender, filled with what its runs have used. What nobody can
/// know from spans is left for a person to say.
public final class ManifestDraft {
  private static final String UNSAID_SERVER = "tools";

  private ManifestDraft() {}

  /// @param owner name of the person who would own it
  public static String of(String agent, String owner, List<UsedPart> used) {
    StringBuilder yaml = new StringBuilder();
    line(yaml, "apiVersion: steward/v1");
    line(yaml, "kind: Agent");
    line(yaml, "metadata:");
    line(yaml, "  name: " + scalar(agent));
    line(yaml, "  labels: {}   # such as team: support");
    line(yaml, "spec:");
    line(yaml, "  owner: " + scalar(owner) + "   # one person who answers for it");
    line(yaml, "  purpose: " + scalar("Say in a sentence what it is for."));
    List<String> workflows = names(used, Kind.WORKFLOW);
    if (!workflows.isEmpty()) {
      line(yaml, "  workflows: " + list(workflows));
    }
    line(yaml, "  risk: high   # minimal, limited or high: what harm can it do?");
    line(yaml, "  version:   # what it was seen to use");
    line(yaml, "    models:" + (names(used, Kind.MODEL).isEmpty() ? " []" : ""));
    String use = "main";
    for (String model : names(used, Kind.MODEL)) {
      line(yaml, "      - {use: " + scalar(use) + ", model: " + scalar(model) + "}");
      use = model;
    }
    Map<String, List<String>> servers = servers(names(used, Kind.TOOL));
    line(yaml, "    tools:" + (servers.isEmpty() ? " []" : ""));
    servers.forEach((server, tools) ->
        line(yaml, "      - {server: " + scalar(server) + ", tools: " + list(tools) + "}"));
    List<String> sources = names(used, Kind.SOURCE);
    if (!sources.isEmpty()) {
      line(yaml, "    data:");
      sources.forEach(source -> line(yaml, "      - {name: " + scalar(source) + "}"));
    }
    List<String> delegates = names(used, Kind.AGENT);
    if (!delegates.isEmpty()) {
      line(yaml, "    orchestration: {delegates: " + list(delegates) + "}");
    }
    return yaml.toString();
  }

  private static List<String> names(List<UsedPart> used, Kind kind) {
    return used.stream()
        .filter(part -> part.kind() == kind)
        .map(UsedPart::name)
        .distinct()
        .toList();
  }

  /// Tools by server; a tool that came without one is put to a server that a person names.
  private static Map<String, List<String>> servers(List<String> tools) {
    Map<String, List<String>> servers = new TreeMap<>();
    for (String tool : tools) {
      int slash = tool.indexOf('/');
      String server = slash < 1 ? UNSAID_SERVER : tool.substring(0, slash);
      servers.computeIfAbsent(server, _ -> new ArrayList<>()).add(tool.substring(slash + 1));
    }
    return servers;
  }

  private static String list(List<String> names) {
    return "[" + String.join(", ", names.stream().map(ManifestDraft::scalar).toList()) + "]";
  }

  /// A text as YAML, whatever a sender called itself.
  private static String scalar(String text) {
    if (text.matches("[A-Za-z][\\w@./-]*") && !text.matches("(?i)true|false|null|yes|no|on|off")) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || (c >= 0x80 && c <= 0x9f) || c == 0x2028 || c == 0x2029) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static void line(StringBuilder yaml, String text) {
    yaml.append(text).append('\n');
  }
}
