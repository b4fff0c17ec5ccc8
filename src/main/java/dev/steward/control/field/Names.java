// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.yaml.Fields;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which names may be.
public final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,118}[a-z0-9])?");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,80}@[a-z0-9][a-z0-9.-]{0,110}");

  /// Mailboxes that many people read.
  private static final Set<String> SHARED =
      Set.of(
          "abuse",
          "accounting",
          "admin",
          "admins",
          "administrator",
          "ai",
          "all",
          "billing",
          "compliance",
          "contact",
          "data",
          "dev",
          "developers",
          "devops",
          "engineering",
          "everyone",
          "feedback",
          "finance",
          "hello",
          "help",
          "helpdesk",
          "hr",
          "info",
          "infra",
          "it",
          "jobs",
          "legal",
          "mail",
          "marketing",
          "no-reply",
          "noreply",
          "office",
          "on-call",
          "oncall",
          "operations",
          "ops",
          "owner",
          "owners",
          "payments",
          "platform",
          "postmaster",
          "press",
          "privacy",
          "product",
          "research",
          "root",
          "sales",
          "sec",
          "secops",
          "security",
          "service",
          "services",
          "sre",
          "staff",
          "support",
          "team",
          "webmaster");

  private static final Pattern TEAM_WORD =
      Pattern.compile("(?:.*[._+-])?(?:team|group|squad|support|oncall|everyone)(?:[._+-].*)?");

  private Names() {}

  /// Why it may not be the name of anything but a person, empty when it may.
  public static Optional<String> refuse(String name) {
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "'"
                + shortened(name)
                + "' is no name: write lower-case letters, digits and - . _"
                + " between them, at most 120 characters");
  }

  public static boolean email(String text) {
    return text.length() <= 120 && EMAIL.matcher(text).matches();
  }

  /// Whether it reads like a mailbox or group that many people share.
  public static boolean teamAlias(String name) {
    int at = name.indexOf('@');
    String local = at < 0 ? name : name.substring(0, at);
    return SHARED.contains(local) || TEAM_WORD.matcher(local).matches();
  }

  /// Reads a field that names another resource.
  public static String reference(Fields fields, String name, boolean required) {
    String value = required ? fields.text(name) : fields.text(name, "");
    if (!value.isEmpty()) {
      refuse(value).ifPresent(reason -> fields.flaw(name, reason));
    }
    return value;
  }

  public static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
