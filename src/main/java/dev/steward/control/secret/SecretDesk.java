// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.secret;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.field.Names;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The one way to change a secret: the ledger says first that it is being changed and by whom, then
/// the store takes the value.
public final class SecretDesk {
  /// Before the name of a secret in a variable of the environment.
  public static final String VARIABLE_PREFIX = "STEWARD_SECRET_";

  private static final System.Logger LOG = System.getLogger(SecretDesk.class.getName());

  private final Control control;
  private final SecretStore store;

  public SecretDesk(Control control, SecretStore store) {
    this.control = control;
    this.store = store;
  }

  /// @throws ApiException FORBIDDEN, INVALID, STORAGE_FAILED
  public SecretEntry set(String name, Secret value, Actor actor) {
    control.submit(new Command.SetSecret(name), actor);
    store.put(name, value, SecretEntry.Origin.PERSON);
    return store
        .find(name)
        .orElseThrow(() -> new ApiException(ErrorCode.GONE, name + " was deleted meanwhile"));
  }

  /// @throws ApiException FORBIDDEN, NOT_FOUND, STORAGE_FAILED
  public void delete(String name, Actor actor) {
    control.foresee(new Command.DeleteSecret(name), actor);
    if (store.find(name).isEmpty()) {
      throw new ApiException(
          ErrorCode.NOT_FOUND, "no secret '" + name + "'; 'steward secrets list' shows all");
    }
    control.submit(new Command.DeleteSecret(name), actor);
    store.delete(name);
  }

  public List<SecretEntry> list() {
    return store.list();
  }

  public Optional<SecretEntry> find(String name) {
    return store.find(name);
  }

  /// Takes over `STEWARD_SECRET_OPENAI_KEY` as `openai-key` and so on: what is new, and what came
  /// from there before and is another now. What a person set stays.
  public void preset(Map<String, String> environment) {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (variable.getKey().startsWith(VARIABLE_PREFIX)) {
        preset(variable.getKey(), variable.getValue());
      }
    }
  }

  private void preset(String variable, String value) {
    String name =
        variable.substring(VARIABLE_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    if (Names.refuse(name).isPresent() || value.isBlank()) {
      throw new ApiException(
          ErrorCode.INVALID,
          "the variable "
              + variable
              + " presets no secret: "
              + (value.isBlank() ? "it is empty" : Names.refuse(name).orElseThrow())
              + "; give it a value and a name, or take it away");
    }
    Secret wanted = Secret.of(value);
    if (store.find(name).filter(e -> e.origin() == SecretEntry.Origin.PERSON).isPresent()) {
      LOG.log(
          Level.INFO, "{0} is not taken over: somebody set the secret {1} since", variable, name);
      return;
    }
    if (store.get(name).filter(had -> had.reveal().equals(wanted.reveal())).isEmpty()) {
      control.submit(new Command.SetSecret(name), Actor.SYSTEM);
      store.put(name, wanted, SecretEntry.Origin.ENVIRONMENT);
    }
  }
}
