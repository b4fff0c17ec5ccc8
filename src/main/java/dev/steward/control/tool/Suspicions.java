// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.tool;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.tool.Suspicion.Weight;
import dev.steward.domain.resource.ToolServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Looks through a definition for words that steer the model: text that people do not see, orders,
/// secrets, addresses, other tools. It finds the known forms of poisoning and no others; who
/// accepts a tool must read it.
public final class Suspicions {
  private static final int LONG = 4_000;
  private static final int DEPTH_MAX = 64;
  private static final int FOUND_MAX = 50;
  private static final int WORDS_MAX = 80;
  private static final int TOOL_NAME_MIN = 5;

  /// What is looked for in text, by rule.
  ///
  /// @param message beginning of what the operator is told; what was found stands behind it
  private record Form(Weight weight, String rule, Pattern pattern, String message) {
    private static Form of(Weight weight, String rule, String message, String... patterns) {
      return new Form(
          weight, rule, Pattern.compile("(?is)(?:" + String.join("|", patterns) + ")"), message);
    }
  }

  private static final String BELIEFS =
      "(?:instructions?|prompts?|rules|guidelines|directions|messages?|context)";

  private static final List<Form> FORMS =
      List.of(
          Form.of(
              Weight.GRAVE,
              "overrides-instructions",
              "tells the model to drop what it was told",
              "\\b(?:ignore|disregard|forget|override|bypass)\\b[^.\\n]{0,40}\\b(?:previous|prior|above|earlier|all|any|system|other|your)\\b[^.\\n]{0,30}\\b"
                  + BELIEFS,
              "\\bnew (?:system )?instructions?\\s*:",
              "\\byou are now\\b",
              "\\bact as (?:if|though) you\\b"),
          Form.of(
              Weight.GRAVE,
              "hides-from-people",
              "tells the model to hide something from people",
              "\\b(?:do"
                  + " not|don't|never|without|avoid)\\b[^.\\n]{0,30}\\b(?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|reveal(?:ing)?|show(?:ing)?|disclos(?:e|ing)|notify(?:ing)?|alert(?:ing)?|ask(?:ing)?)\\b[^.\\n]{0,30}\\b(?:users?|person|people|human|anyone|anybody|operator|customer|him|her|them)\\b",
              "\\b(?:secretly|silently|covertly|behind the scenes)\\b"),
          Form.of(
              Weight.GRAVE,
              "false-frame",
              "is written as if it came from the system or a person",
              "</?\\s*(?:important|system|instructions?|secret|admin|information|assistant|human|user)\\s*/?>",
              "\\[/?(?:system|inst|admin)\\]",
              "<\\|[a-z_]+\\|>",
              "\\bimportant (?:message|instructions?) (?:from|for) \\b"),
          Form.of(
              Weight.GRAVE,
              "order-of-work",
              "orders what the model must do beside calling this tool",
              "\\b(?:before|after|when|whenever|prior"
                  + " to)\\b[^.\\n]{0,20}\\b(?:using|calling|invoking|use|call|invoke|running)\\b[^.\\n]{0,20}\\b(?:this|any|other|every|each|another)\\b[^.\\n]{0,20}\\b(?:tools?|function)\\b[^.\\n]{0,60}\\b(?:must|always|need"
                  + " to|have to|first|read|send|call|include|pass)\\b",
              "\\byou (?:must|should|have to|need to) (?:always |first |also |now"
                  + " )*(?:call|use|read|send|include|pass|forward|append|add|copy|upload|post)\\b[^.\\n]{0,60}\\b(?:every|all|any|other|contents?|conversation|history|prompt|file|key|secret|password|token)\\b"),
          Form.of(
              Weight.GRAVE,
              "wants-secrets",
              "asks for secrets or files that hold them",
              "~/\\.(?:ssh|aws|config|cursor|gnupg|kube|npmrc|netrc|docker)\\b",
              "\\bid_(?:rsa|ed25519|ecdsa)\\b",
              "/etc/(?:passwd|shadow)\\b",
              "\\b(?:read|send|include|pass|provide|copy|print|reveal|forward|exfiltrate|leak|upload)\\b[^.\\n]{0,50}\\b(?:api["
                  + " _-]?keys?|passwords?|private keys?|credentials?|secrets?|access"
                  + " tokens?|environment variables|\\.env|mcp\\.json|system prompt|conversation"
                  + " history|chat history)\\b"),
          Form.of(
              Weight.GRAVE,
              "sends-elsewhere",
              "names an address that data could be sent to",
              "!\\[[^\\]]{0,200}\\]\\(\\s*https?://",
              "https?://[^\\s\"')>]{1,200}[?&][^\\s\"')>=]{1,40}=(?:\\{|\\$|%s|<|\\[)",
              "\\b(?:send|post|forward|upload|cc|bcc|submit|report|exfiltrate)\\b[^.\\n]{0,60}(?:https?://|\\b[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,100}\\.[a-z]{2,})"),
          Form.of(
              Weight.NOTE,
              "commands",
              "speaks to the model in commands",
              "\\byou (?:must|have to|are required to)\\b",
              "\\b(?:always|never) (?:call|use|invoke|prefer) this\\b",
              "\\binstead of (?:any )?other tools?\\b",
              "\\bimportant\\s*[:!]"),
          Form.of(Weight.NOTE, "address", "names an address", "https?://[^\\s\"')>]{1,200}"),
          Form.of(
              Weight.NOTE,
              "encoded",
              "holds a long run of encoded text",
              "[A-Za-z0-9+/]{160,}={0,2}"));

  private final Collection<String> otherTools;
  private final List<Suspicion> found = new ArrayList<>();

  private Suspicions(Collection<String> otherTools) {
    this.otherTools = otherTools;
  }

  /// What is suspicious in a definition.
  ///
  /// @param otherTools names of tools of other servers
  public static List<Suspicion> of(LiveTool tool, Collection<String> otherTools) {
    Suspicions look = new Suspicions(otherTools);
    look.text("title", tool.definition().title());
    look.text("description", tool.definition().description());
    look.json("inputSchema", CanonicalJson.read(tool.definition().inputSchemaJson()), 0);
    look.json("outputSchema", CanonicalJson.read(tool.definition().outputSchemaJson()), 0);
    look.json("annotations", CanonicalJson.read(tool.definition().annotationsJson()), 0);
    return List.copyOf(look.found);
  }

  /// Names of the tools of other servers that the server has none of.
  public static Set<String> others(ToolServer server, Collection<ToolServer> all) {
    Set<String> names = new TreeSet<>();
    for (ToolServer other : all) {
      if (!other.name().equals(server.name())) {
        other.tools().forEach(tool -> names.add(tool.name()));
      }
    }
    server.tools().forEach(tool -> names.remove(tool.name()));
    return names;
  }

  private void json(String place, JsonNode node, int depth) {
    if (depth > DEPTH_MAX) {
      return;
    }
    if (node.isString()) {
      text(place, node.stringValue());
    } else if (node.isArray()) {
      for (JsonNode item : node.values()) {
        json(place, item, depth + 1);
      }
    } else {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String inner = place + "." + member.getKey();
        text(place, member.getKey());
        boolean reference = member.getKey().startsWith("$") && member.getValue().isString();
        if (!reference) {
          json(inner, member.getValue(), depth + 1);
        }
      }
    }
  }

  private void text(String place, String text) {
    hidden(place, text);
    if (text.length() > LONG) {
      add(Weight.NOTE, "long", place, "has " + text.length() + " characters");
    }
    for (Form form : FORMS) {
      Matcher matcher = form.pattern.matcher(text);
      if (matcher.find()) {
        add(form.weight, form.rule, place, form.message + ": " + quoted(matcher.group()));
      }
    }
    for (String other : otherTools) {
      if (other.length() >= TOOL_NAME_MIN && mentions(text, other)) {
        add(Weight.NOTE, "other-tool", place, "names " + other + ", a tool of another server");
      }
    }
  }

  /// Characters that people do not see and models read.
  private void hidden(String place, String text) {
    int count = 0;
    int first = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (invisible(c)) {
        first = count == 0 ? c : first;
        count++;
      }
    }
    if (count > 0) {
      add(
          Weight.GRAVE,
          "hidden-text",
          place,
          "holds %d characters that people do not see, the first U+%04X".formatted(count, first));
    }
  }

  private static boolean invisible(int c) {
    boolean control = c < 0x20 && c != '\n' && c != '\r' && c != '\t';
    boolean format = Character.getType(c) == Character.FORMAT && c != 0x200D && c != 0xAD;
    boolean selector = c >= 0xE0100 && c <= 0xE01EF;
    boolean filler = c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
    return control
        || c == 0x7F
        || (c >= 0x80 && c < 0xA0)
        || format
        || selector
        || filler
        || Character.getType(c) == Character.PRIVATE_USE
        || (Character.getType(c) == Character.UNASSIGNED && c >= 0xE0000);
  }

  private static boolean mentions(String text, String name) {
    int at = text.indexOf(name);
    while (at >= 0) {
      int end = at + name.length();
      boolean before = at == 0 || !wordly(text.charAt(at - 1));
      boolean after = end == text.length() || !wordly(text.charAt(end));
      if (before && after) {
        return true;
      }
      at = text.indexOf(name, at + 1);
    }
    return false;
  }

  private static boolean wordly(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private void add(Weight weight, String rule, String place, String message) {
    if (found.size() < FOUND_MAX) {
      found.add(new Suspicion(weight, rule, place, message));
    }
  }

  private static String quoted(String text) {
    String plain = text.replaceAll("\\s+", " ").strip();
    return "\""
        + (plain.length() > WORDS_MAX ? plain.substring(0, WORDS_MAX) + "..." : plain)
        + "\"";
  }
}
