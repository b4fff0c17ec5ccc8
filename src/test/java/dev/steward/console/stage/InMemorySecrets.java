// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.control.secret.Secret;
import dev.steward.control.secret.SecretEntry;
import dev.steward.control.secret.SecretStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Secrets that end with the program.
public final class InMemorySecrets implements SecretStore {
  private final InstantSource clock;
  private final Map<String, Secret> values = new TreeMap<>();
  private final Map<String, SecretEntry> entries = new TreeMap<>();

  public InMemorySecrets(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Secret> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public void put(String name, Secret value, SecretEntry.Origin origin) {
    values.put(name, value);
    entries.put(name, new SecretEntry(name, clock.instant(), origin));
  }

  @Override
  public boolean delete(String name) {
    entries.remove(name);
    return values.remove(name) != null;
  }

  @Override
  public List<SecretEntry> list() {
    return List.copyOf(entries.values());
  }
}
