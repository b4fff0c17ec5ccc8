// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.doctor;

import dev.steward.control.access.NewSecret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Looks whether an agent that runs here could reach a model without Steward: by a provider's key
/// in its environment, and by a way to a provider over the network.
public final class WayRoundExam {
  private static final int CONNECT_MILLIS_MAX = 1_500;
  private static final List<String> KEY_VARIABLES =
      List.of(
          "OPENAI_API_KEY",
          "ANTHROPIC_API_KEY",
          "GEMINI_API_KEY",
          "GOOGLE_API_KEY",
          "AZURE_OPENAI_API_KEY",
          "AWS_SECRET_ACCESS_KEY",
          "MISTRAL_API_KEY");
  private static final Map<String, String> PROVIDERS =
      new TreeMap<>(
          Map.of(
              "openai", "https://api.openai.com",
              "anthropic", "https://api.anthropic.com",
              "gemini", "https://generativelanguage.googleapis.com"));

  private final Map<String, String> environment;
  private final Map<String, String> providers;

  /// @param declared addresses of the declared model providers, by name
  public WayRoundExam(Map<String, String> environment, Map<String, String> declared) {
    this.environment = environment;
    this.providers = new TreeMap<>(PROVIDERS);
    declared.forEach((name, url) ->
        providers.put(PROVIDERS.containsKey(name) ? name + " as declared" : name, url));
  }

  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    List<String> keys =
        KEY_VARIABLES.stream().filter(k -> isProviders(environment.getOrDefault(k, ""))).toList();
    findings.add(
        keys.isEmpty()
            ? Finding.ok("provider keys", "none in this environment")
            : Finding.toDo(
                "provider keys",
                String.join(", ", keys) + " set here: an agent started here can go round",
                "take them out of the agent's environment"));
    List<String> open =
        providers.entrySet().stream()
            .filter(p -> reachable(URI.create(p.getValue())))
            .map(Map.Entry::getKey)
            .toList();
    findings.add(
        open.isEmpty()
            ? Finding.ok("network", "no model provider can be reached from here")
            : Finding.toDo(
                "network",
                String.join(", ", open) + " can be reached from here directly",
                "close the agents' way out"));
    return findings;
  }

  /// An agent's own key stands in the same variables and is worth nothing at a provider.
  private static boolean isProviders(String key) {
    return !key.isEmpty() && !key.startsWith(NewSecret.AGENT_KEY_PREFIX);
  }

  /// Whether a connection opens; that it does not, for whatever reason, is the answer asked for.
  private static boolean reachable(URI provider) {
    try (Socket socket = new Socket()) {
      int usual = "http".equals(provider.getScheme()) ? 80 : 443;
      int port = provider.getPort() < 0 ? usual : provider.getPort();
      socket.connect(new InetSocketAddress(provider.getHost(), port), CONNECT_MILLIS_MAX);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }
}
