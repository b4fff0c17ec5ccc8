// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Addresses;
import dev.steward.control.field.Names;
import dev.steward.control.field.Spec;
import dev.steward.control.field.Within;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Flaws;
import dev.steward.control.yaml.Nearest;
import dev.steward.control.yaml.Node;
import dev.steward.domain.resource.Channel;
import dev.steward.domain.resource.Channel.Mail;
import dev.steward.domain.resource.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// How a Channel is written.
final class ChannelKind implements Kind<Channel> {
  private static final int SUBMISSION = 587;

  @Override
  public Class<Channel> type() {
    return Channel.class;
  }

  @Override
  public Channel read(Metadata metadata, Fields spec) {
    Channel.Type type = spec.choice("type", Channel.Type.class, Channel.Type.WEBHOOK);
    if (!spec.has("type")) {
      spec.flaw("type", "is missing; write webhook, slack, email or pagerduty");
    }
    String url = Addresses.read(spec, "url", Set.of("http", "https"));
    String secret = spec.text("secret", "");
    if (!secret.isEmpty() && Names.refuse(secret).isPresent()) {
      spec.flaw("secret", "must be the name of a secret, never the secret itself");
    }
    List<String> events = spec.texts("events");
    if (spec.has("events") && events.isEmpty()) {
      spec.flaw(
          "events",
          "is an empty list; leave it out where only AlertRules name the channel, else name some of"
              + " "
              + String.join(", ", Channel.EVENTS));
    }
    for (String event : events) {
      checkEvent(spec, event);
    }
    Mail mail = type == Channel.Type.EMAIL ? mail(spec, secret) : Mail.NONE;
    switch (type) {
      case WEBHOOK -> {
        if (url.isEmpty()) {
          spec.flaw("url", "is missing");
        }
      }
      case SLACK -> {
        if (url.isEmpty() == secret.isEmpty()) {
          spec.flaw("url", "or a secret that holds it must be given, one of them");
        }
      }
      case EMAIL -> {
        if (!url.isEmpty()) {
          spec.flaw("url", "does not belong to e-mail; write smtp: {host, port}");
        }
      }
      case PAGERDUTY -> {
        if (secret.isEmpty()) {
          spec.flaw("secret", "is missing; it names the secret that holds the routing key");
        }
        if (!events.isEmpty()) {
          spec.flaw(
              "events",
              "do not go to PagerDuty, where nothing but alerts is ever resolved; leave them out"
                  + " and let AlertRules name the channel");
        }
      }
    }
    return new Channel(metadata, type, url, secret, events, mail);
  }

  private static void checkEvent(Fields spec, String event) {
    boolean known = false;
    for (String one : Channel.EVENTS) {
      known |= one.equals(event) || event.equals("*");
      known |= event.equals(one.substring(0, one.indexOf('.')) + ".*");
    }
    if (!known) {
      spec.flaw(
          "events",
          "'"
              + Names.shortened(event)
              + "' is none of "
              + String.join(", ", Channel.EVENTS)
              + "."
              + Nearest.hint(event, Channel.EVENTS));
    }
  }

  private static Mail mail(Fields spec, String secret) {
    Fields smtp =
        spec.object("smtp")
            .orElseGet(() -> {
              spec.flaw("smtp", "is missing; it holds host and port");
              return Fields.of(new Node.Members(Map.of(), 0), "smtp", new Flaws());
            });
    String host = smtp.text("host", "");
    String user = smtp.text("user", "");
    boolean encrypted = smtp.flag("encrypted", true);
    int port = (int) Within.read(smtp, "port", SUBMISSION, 65_535);
    if (host.isEmpty()) {
      spec.flaw("smtp", "has no host");
    }
    if (user.isEmpty() != secret.isEmpty()) {
      spec.flaw("smtp", "user and the secret with its password go together");
    }
    if (!user.isEmpty() && !encrypted) {
      spec.flaw("smtp", "would send the password unencrypted; take 'encrypted: false' away");
    }
    smtp.close();
    String from = spec.text("from", "");
    List<String> to = spec.texts("to");
    checkAddress(spec, "from", from);
    to.forEach(address -> checkAddress(spec, "to", address));
    if (to.isEmpty()) {
      spec.flaw("to", "must name at least one address");
    }
    return new Mail(host, port, user, from, to, encrypted);
  }

  private static void checkAddress(Fields spec, String field, String address) {
    int at = address.indexOf('@');
    boolean plain = address.chars().noneMatch(c -> c <= ' ' || c == 0x7f || c == ',' || c == '<');
    if (at < 1 || at == address.length() - 1 || !plain) {
      spec.flaw(field, "'" + Names.shortened(address) + "' is no e-mail address");
    }
  }

  @Override
  public void write(Channel channel, ObjectNode spec) {
    spec.put("type", Fields.word(channel.type()));
    Spec.put(spec, "url", channel.url());
    Spec.put(spec, "secret", channel.secret());
    Spec.put(spec, "events", channel.events());
    Mail mail = channel.mail();
    if (channel.type() == Channel.Type.EMAIL) {
      ObjectNode smtp = spec.putObject("smtp");
      smtp.put("host", mail.host());
      if (mail.port() != SUBMISSION) {
        smtp.put("port", mail.port());
      }
      Spec.put(smtp, "user", mail.user());
      if (!mail.encrypted()) {
        smtp.put("encrypted", false);
      }
      Spec.put(spec, "from", mail.from());
      Spec.put(spec, "to", mail.to());
    }
  }
}
