// SPDX-License-Identifier: Apache-2.0
/// REST APIs as tools: the operations of an OpenAPI document, what a tool's arguments are in HTTP,
/// and what an answer is as a result.
///
/// In: a document, arguments, answers. Out: definitions, requests, results. It sends nothing.
@NullMarked
package dev.steward.gateway.openapi;

import org.jspecify.annotations.NullMarked;
