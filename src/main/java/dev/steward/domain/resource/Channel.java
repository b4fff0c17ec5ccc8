// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import java.util.List;

/// A way by which people are told what happens.
///
/// @param url where a webhook listens; "" for one whose url is itself secret, for e-mail, and for
///   PagerDuty's own
/// @param secret name of the secret: of a webhook the key that signs, of Slack the url, of e-mail
///   the password, of PagerDuty the routing key; "" for none
/// @param events that are told, such as `approval.requested`; `*` stands for any text; none for a
///   channel that tells only the alerts of the rules that name it
/// @param mail how e-mail is sent, `Mail.NONE` for what is none
public record Channel(
    Metadata metadata, Type type, String url, String secret, List<String> events, Mail mail)
    implements Resource {
  /// What has happened, as far as people are told.
  public static final List<String> EVENTS =
      List.of(
          "approval.requested",
          "approval.answered",
          "approval.expired",
          "kill.placed",
          "kill.restored",
          "agent.ungoverned",
          "agent.undeclared",
          "agent.model-changed",
          "agent.silent",
          "agent.failing",
          "tool.changed",
          "tool.new",
          "tool.unknown",
          "budget.warned",
          "budget.stopped",
          "canary.passed",
          "canary.rolled-back",
          "canary.inconclusive",
          "drift.found",
          "incident.opened",
          "incident.changed",
          "incident.resolved",
          "change.proposed");

  public Channel {
    events = List.copyOf(events);
  }

  /// What is sent.
  public enum Type {
    /// CloudEvents, signed as Standard Webhooks.
    WEBHOOK,
    /// The text that Slack and what is compatible with it take.
    SLACK,
    EMAIL,
    /// Alerts as events of PagerDuty's Events API v2.
    PAGERDUTY
  }

  /// How e-mail is sent.
  ///
  /// @param host of the SMTP server
  /// @param user for whom the password is, "" for none
  /// @param encrypted whether the connection must be turned into TLS before anything is said
  public record Mail(
      String host, int port, String user, String from, List<String> to, boolean encrypted) {
    public static final Mail NONE = new Mail("", 0, "", "", List.of(), true);

    public Mail {
      to = List.copyOf(to);
    }
  }

  /// Whether it is told of such an event.
  public boolean tells(String event) {
    for (String wanted : events) {
      if (wanted.equals(event)
          || wanted.equals("*")
          || (wanted.endsWith(".*")
              && event.startsWith(wanted.substring(0, wanted.length() - 1)))) {
        return true;
      }
    }
    return false;
  }
}
