// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import dev.steward.domain.resource.ToolServer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a tool server may put before people, whatever policy says: pages only of hosts that anybody
/// can reach by https, or that are known; forms only that ask for no secret, since what is typed
/// into a form passes the agent and its model.
public final class Elicitations {
  private static final int URL_MAX = 4_096;

  /// Names of fields, in words between which there may be anything.
  private static final Pattern SECRET =
      Pattern.compile(
          "(^| )(password|passwd|pwd|passphrase|passcode|secrets?|credentials?|cvv|cvc|pin|otp"
              + "|api ?keys?|private ?keys?|access ?keys?|secret ?keys?|client ?secret"
              + "|(access|auth|bearer|refresh|api|session|security) ?(tokens?|codes?)"
              + "|(credit ?|debit ?)card ?numbers?|card ?numbers?)( |$)");

  /// A name alone that is nothing but a secret.
  private static final Pattern ALONE = Pattern.compile("tokens?|key|seed phrase|recovery phrase");

  private static final Pattern ASKED =
      Pattern.compile(
          "\\b(your|the|a|an)\\b[^.?!]{0,40}\\b(password|passphrase|passcode|api key|private"
              + " key|access token|secret key|client secret|credit card number|card number|seed"
              + " phrase)\\b");
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*|[0-9a-fx]*0x[0-9a-f]+.*");

  private final Set<String> hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /// @param hosts that are known beside those of the servers themselves
  public Elicitations(List<String> hosts) {
    this.hosts.addAll(hosts);
  }

  /// Why it may not be asked, empty where it may.
  ///
  /// @param asked parameters of `elicitation/create`
  public Optional<String> wrong(ToolServer server, ObjectNode asked) {
    String mode = asked.path("mode").asString("form");
    return switch (mode) {
      case "url" -> page(server, asked.path("url").asString(""));
      case "form" -> form(asked);
      default -> Optional.of("it asks in a way that is not known: " + shortened(mode));
    };
  }

  private Optional<String> page(ToolServer server, String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException _) {
      return Optional.of("the page it leads to has no valid address");
    }
    String host = uri.getHost();
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (host == null || uri.getUserInfo() != null || url.length() > URL_MAX) {
      return Optional.of("the page it leads to has no valid address");
    }
    if (known(server, host)) {
      return scheme.equals("https") || (scheme.equals("http") && own(server, host))
          ? Optional.empty()
          : Optional.of("it leads to a page by " + shortened(scheme) + " and not by https");
    }
    if (!scheme.equals("https")) {
      return Optional.of("it leads to a page by " + shortened(scheme) + " and not by https");
    }
    return inside(host.toLowerCase(Locale.ROOT))
        ? Optional.of("it leads to " + shortened(host) + ", which is no public host")
        : Optional.empty();
  }

  private boolean known(ToolServer server, String host) {
    return hosts.contains(host) || own(server, host);
  }

  private static boolean own(ToolServer server, String host) {
    try {
      return !server.url().isEmpty() && host.equalsIgnoreCase(new URI(server.url()).getHost());
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /// Whether the name is of this machine or of a network of its own. An address in digits is never
  /// what people should be led to.
  private static boolean inside(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return LITERAL.matcher(name).matches()
        || !name.contains(".")
        || name.endsWith(".localhost")
        || name.endsWith(".local")
        || name.endsWith(".internal")
        || name.endsWith(".lan")
        || name.endsWith(".home.arpa");
  }

  private static Optional<String> form(ObjectNode asked) {
    String message = asked.path("message").asString("").toLowerCase(Locale.ROOT);
    if (ASKED.matcher(message).find()) {
      return Optional.of("its form asks for a secret, which only a page may");
    }
    for (Map.Entry<String, JsonNode> field :
        asked.path("requestedSchema").path("properties").properties()) {
      JsonNode schema = field.getValue();
      if (secret(field.getKey())
          || secret(schema.path("title").asString(""))
          || schema.path("format").asString("").equals("password")
          || ASKED
              .matcher(schema.path("description").asString("").toLowerCase(Locale.ROOT))
              .find()) {
        return Optional.of(
            "its form asks for '"
                + shortened(field.getKey())
                + "', a secret, which only a page may");
      }
    }
    return Optional.empty();
  }

  private static boolean secret(String name) {
    String words =
        name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", " ")
            .strip();
    return SECRET.matcher(words).find() || ALONE.matcher(words).matches();
  }

  private static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
