using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ScopedAgent.Skills;

namespace ScopedAgent.Rpc;

/// <summary>Answers JSON-RPC 2.0 calls of the A2A protocol. Nothing is kept: each task is done when it is answered.</summary>
internal sealed class AgentRpc(AgentSkills skills, IOptions<AgentOptions> options, TimeProvider clock)
{
    private const string UsualSkill = "public_echo";

    /// <summary>The answer to a body; errors are answers, too.</summary>
    public object Answer(JsonElement body, ClaimsPrincipal user)
    {
        if (body is not { ValueKind: JsonValueKind.Object }
            || !IsText(body)
            || Text(body, "jsonrpc") is not "2.0"
            || Text(body, "method") is not { } method
            || !body.TryGetProperty("id", out var id)
            || id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null))
        {
            return RpcAnswer.Error(null, -32600, "Invalid Request");
        }

        return method switch
        {
            "message/send" => Send(id, body, user),
            "tasks/get" or "tasks/cancel" => RpcAnswer.Error(id, -32001, "Task not found"),
            _ => RpcAnswer.Error(id, -32601, "Method not found", $"Unknown method: {method}"),
        };
    }

    private object Send(JsonElement id, JsonElement body, ClaimsPrincipal user)
    {
        if (!body.TryGetProperty("params", out var sent)
            || sent.ValueKind is not JsonValueKind.Object
            || !sent.TryGetProperty("message", out var message)
            || Text(message, "messageId") is not { } messageId
            || TextOf(message) is not { } text)
        {
            return RpcAnswer.Error(id, -32602, "Invalid params", "A message with a messageId and a part of text is needed.");
        }

        var skillId = Text(sent, "skillId") ?? UsualSkill;
        return skills.Answer(skillId, user, text) is { } answer
            ? RpcAnswer.Result(id, TaskOf(message, messageId, answer))
            : RpcAnswer.Error(id, -32602, "Invalid params", $"Unknown skill: {skillId}");
    }

    private object TaskOf(JsonElement message, string messageId, string answer)
    {
        var now = clock.GetUtcNow();
        var (taskId, contextId) = (NewId(now), Text(message, "contextId") ?? NewId(now));
        return new
        {
            id = taskId,
            contextId,
            kind = "task",
            status = new { state = "completed", timestamp = now },
            history = new[]
            {
                new { kind = "message", role = "user", parts = message.GetProperty("parts"), messageId, taskId, contextId },
            },
            artifacts = new[]
            {
                new
                {
                    artifactId = NewId(now),
                    name = $"{options.Value.Name}-result",
                    parts = new[] { new { kind = "text", text = answer } },
                },
            },
        };
    }

    // A lone surrogate is well-formed JSON but no text, and cannot be read or answered.
    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().All(member => member.Name is not null && IsText(member.Value)),
                JsonValueKind.Array => element.EnumerateArray().All(IsText),
                JsonValueKind.String => element.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string? TextOf(JsonElement message) =>
        message.TryGetProperty("parts", out var parts) && parts.ValueKind is JsonValueKind.Array
            && parts.EnumerateArray().Where(part => Text(part, "kind") is "text").Select(part => Text(part, "text")).OfType<string>().ToList()
                is { Count: > 0 } texts
            ? string.Join(' ', texts)
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString();
}
