// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

import java.util.List;

/// What was read from manifest files: resources, and everything that is wrong. With a problem in it
/// nothing of it may be applied.
public record Manifest(List<Declaration> declarations, List<Problem> problems) {
  public Manifest {
    declarations = List.copyOf(declarations);
    problems = List.copyOf(problems);
  }
}
