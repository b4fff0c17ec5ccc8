// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.tool;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.call.Effect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a tool probably does to the world, by its name and by what its server hints at. A hint can
/// be a lie, so it loosens nothing that the name says.
public final class ProposedEffect {
  private static final List<Map.Entry<Effect, Set<String>>> VERBS =
      List.of(
          Map.entry(
              Effect.MONEY,
              Set.of(
                  "pay",
                  "refund",
                  "transfer",
                  "charge",
                  "payout",
                  "purchase",
                  "buy",
                  "withdraw",
                  "deposit",
                  "invoice",
                  "transaction",
                  "payment",
                  "donate",
                  "order")),
          Map.entry(
              Effect.EXECUTE,
              Set.of("exec", "execute", "run", "shell", "eval", "bash", "command", "script")),
          Map.entry(
              Effect.DELETE,
              Set.of("delete", "remove", "drop", "purge", "wipe", "erase", "destroy", "unshare")),
          Map.entry(
              Effect.MESSAGE,
              Set.of(
                  "send", "email", "mail", "post", "notify", "reply", "message", "tweet", "publish",
                  "invite", "sms", "dm")),
          Map.entry(
              Effect.WRITE,
              Set.of(
                  "write",
                  "create",
                  "update",
                  "set",
                  "add",
                  "edit",
                  "append",
                  "insert",
                  "put",
                  "save",
                  "upload",
                  "rename",
                  "move",
                  "cancel",
                  "reserve",
                  "schedule",
                  "reschedule",
                  "book",
                  "share",
                  "modify",
                  "patch")),
          Map.entry(
              Effect.READ,
              Set.of(
                  "get",
                  "list",
                  "read",
                  "search",
                  "find",
                  "fetch",
                  "query",
                  "lookup",
                  "describe",
                  "show",
                  "check",
                  "view",
                  "count",
                  "download")));

  private ProposedEffect() {}

  /// The first word of the name that says something decides; where none does, the hints.
  public static Effect of(LiveTool tool) {
    JsonNode hints = CanonicalJson.read(tool.definition().annotationsJson());
    boolean readOnly = hints.path("readOnlyHint").asBoolean(false);
    boolean destroys = hints.path("destructiveHint").asBoolean(true);
    for (String word : words(tool.name())) {
      for (Map.Entry<Effect, Set<String>> verbs : VERBS) {
        if (verbs.getValue().contains(word)) {
          return verbs.getKey() == Effect.READ && !readOnly && hints.has("readOnlyHint")
              ? Effect.WRITE
              : verbs.getKey();
        }
      }
    }
    if (readOnly) {
      return Effect.READ;
    }
    return destroys ? Effect.IRREVERSIBLE : Effect.WRITE;
  }

  private static List<String> words(String name) {
    String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2");
    return List.of(spaced.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
  }
}
