using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>Clients, their secrets and how they register themselves, through the management API.</summary>
public sealed class ClientTests(SharedSignet signet)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Administrator => signet.Administrator;

    [Fact]
    public async Task A_client_is_registered_changed_and_deleted_and_secrets_are_shown_once()
    {
        var made = await AddAsync(NewName(), new { scope = "files:read files:write" });
        var id = made.GetProperty("client_id").GetString()!;
        Assert.Matches("^sgt_cs_[A-Za-z0-9_-]{43}$", made.GetProperty("client_secret").GetString());

        var found = await Administrator.GetJsonAsync($"/dashboard/clients/{id}");
        Assert.False(found.TryGetProperty("client_secret", out _));
        Assert.Equal(("active", "confidential", "operator"), (Text(found, "status"), Text(found, "type"), Text(found, "origin")));
        Assert.DoesNotContain("hash", found.ToString(), StringComparison.OrdinalIgnoreCase);

        var changed = await PatchAsync(id, new { scope = "files:read", verified = true, version = 0, access_token_lifetime = 300, reason = "narrower" }, 200);
        Assert.Equal(("files:read", 300, true), (Text(changed, "scope"), changed.GetProperty("access_token_lifetime").GetInt64(), changed.GetProperty("verified").GetBoolean()));
        Assert.Equal(Text(made, "client_name"), Text(changed, "client_name"));
        var reset = await PatchAsync(id, new { access_token_lifetime = 0, reason = "the default again" }, 200);
        Assert.False(reset.TryGetProperty("access_token_lifetime", out _));
        await PatchAsync(id, new { client_name = "Late", version = made.GetProperty("version").GetInt64(), reason = "too late" }, 409);

        Assert.Equal("disabled", Text(await PatchAsync(id, new { enabled = false, reason = "leaked" }, 200), "status"));
        await PatchAsync(id, new { enabled = false, reason = "again" }, 200);
        var trial = await DeleteAsync($"/dashboard/clients/{id}?dry_run=true", 200);
        Assert.Equal(0, trial.GetProperty("tokens").GetInt64());
        await DeleteAsync($"/dashboard/clients/{id}", 422);
        var ended = await DeleteAsync($"/dashboard/clients/{id}?reason=of+the+old+system", 200);
        Assert.Equal(("ended", "deleted"), (Text(ended, "status"), Text(ended.GetProperty("ended"), "reason")));
        await DeleteAsync($"/dashboard/clients/{id}?reason=once+more", 404);
    }

    [Fact]
    public async Task Secrets_overlap_and_one_that_may_be_needed_is_deleted_only_by_force()
    {
        var id = Text(await AddAsync(NewName()), "client_id");

        var added = await Administrator.PostJsonAsync($"/dashboard/clients/{id}/secrets", new { lifetime = 3600, reason = "rotation" }, 201);
        var secrets = added.GetProperty("secrets").EnumerateArray().ToList();
        Assert.Equal(2, secrets.Count);
        Assert.StartsWith(Text(secrets[1], "prefix"), Text(added, "client_secret"), StringComparison.Ordinal);
        Assert.True(secrets[1].TryGetProperty("expires_at", out _));

        await DeleteAsync($"/dashboard/clients/{id}/secrets/{Text(secrets[0], "id")}?reason=rotated", 200);
        await DeleteAsync($"/dashboard/clients/{id}/secrets/{Text(secrets[1], "id")}?reason=rotated", 409);
        var left = await DeleteAsync($"/dashboard/clients/{id}/secrets/{Text(secrets[1], "id")}?reason=rotated&force=true", 200);
        Assert.Empty(left.GetProperty("secrets").EnumerateArray());
    }

    [Fact]
    public async Task A_client_is_renewed_and_gets_a_registration_token()
    {
        var id = Text(await AddAsync(NewName(), new { lifetime = 60 }), "client_id");

        var renewed = await Administrator.PostJsonAsync($"/dashboard/clients/{id}/renewal", new { lifetime = 0, reason = "needed" }, 200);
        Assert.False(renewed.TryGetProperty("expires_at", out _));
        var given = await Administrator.PostJsonAsync($"/dashboard/clients/{id}/registration-token", new { reason = "it changes itself" }, 200);

        Assert.StartsWith("sgt_rat_", Text(given, "registration_access_token"), StringComparison.Ordinal);
        Assert.True(given.GetProperty("has_registration_token").GetBoolean());
        await Administrator.PostJsonAsync($"/dashboard/clients/{id}/approval", new { approved = true, version = given.GetProperty("version").GetInt64(), reason = "fine" }, 200);
        await Administrator.PostJsonAsync($"/dashboard/clients/{id}/renewal", new { reason = "how long?" }, 422);
    }

    [Fact]
    public async Task The_list_is_searched_and_filtered_and_has_the_shape_of_every_list()
    {
        var name = NewName();
        await AddAsync(name);

        var list = await Administrator.GetJsonAsync($"/dashboard/clients?q={name.ToUpperInvariant()}&type=confidential&status=active&origin=operator");

        Assert.Equal(name, Text(Assert.Single(list.GetProperty("items").EnumerateArray()), "client_name"));
        Assert.Equal(1, list.GetProperty("total").GetInt64());
        Assert.Empty((await Administrator.GetJsonAsync($"/dashboard/clients?q={name}&type=public")).GetProperty("items").EnumerateArray());
        await Administrator.GetJsonAsync("/dashboard/clients?status=root", 422);
        await Administrator.GetJsonAsync("/dashboard/clients?limit=0", 422);
        await Administrator.GetJsonAsync("/dashboard/clients/nobody", 404);
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_its_field_as_the_rfc_names_it()
    {
        var bad = await Administrator.PostJsonAsync(
            "/dashboard/clients",
            new { client_name = "", redirect_uris = new[] { "http://app.example.com/callback" }, reason = "a test" },
            422);

        Assert.Equal(
            ["client_name", "redirect_uris[0]"],
            bad.GetProperty("validation_errors").EnumerateArray().Select(fault => Text(fault, "field")).Order(StringComparer.Ordinal));
        await Administrator.PostJsonAsync("/dashboard/clients", new { client_name = "x", token_endpoint_auth_method = "password" }, 422);
        var id = Text(await AddAsync(NewName()), "client_id");
        await PatchAsync(id, new { reason = "nothing" }, 422);
        await PatchAsync(id, new { enabled = false, verified = true, version = 0, reason = "both" }, 422);
    }

    [Fact]
    public async Task An_export_is_safe_in_a_spreadsheet_and_audited()
    {
        var name = $"=cmd|{Guid.CreateVersion7():N}";
        var id = Text(await AddAsync(name), "client_id");

        var csv = await Administrator.GetStringAsync(new Uri($"/dashboard/clients/export?q={Uri.EscapeDataString(name)}&reason=review", UriKind.Relative), Stop);
        var ndjson = await Administrator.GetStringAsync(new Uri($"/dashboard/clients/export?q={Uri.EscapeDataString(name)}&format=ndjson", UriKind.Relative), Stop);

        Assert.Contains($"{id},'{name},active,", csv, StringComparison.Ordinal);
        Assert.Equal(id, Text(JsonSerializer.Deserialize<JsonElement>(ndjson.TrimEnd('\n')), "client_id"));
        var audit = await Administrator.GetJsonAsync("/dashboard/audit?action=clients.exported");
        Assert.Contains(audit.GetProperty("items").EnumerateArray(), item => item.ToString().Contains("review", StringComparison.Ordinal));
        await Administrator.GetJsonAsync("/dashboard/clients/export?format=xml", 422);
    }

    [Fact]
    public async Task A_repeated_registration_registers_once()
    {
        using var first = await SendAsync();
        using var second = await SendAsync();

        var made = await first.ReadAsync(201);
        var repeated = await second.ReadAsync(409);
        Assert.Equal(Text(made, "client_id"), Text(repeated, "client_id"));

        async Task<HttpResponseMessage> SendAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/dashboard/clients")
            {
                Content = JsonContent.Create(BodyOf("Repeated", null)),
            };
            request.Headers.Add("Idempotency-Key", "clients-once");
            return await Administrator.SendAsync(request, Stop);
        }
    }

    [Fact]
    public async Task The_policy_is_read_and_changed_and_never_gives_admin_scopes()
    {
        var before = await Administrator.GetJsonAsync("/dashboard/registration-policy");

        var changed = await PutPolicyAsync(new { mode = "approval", scopes = new[] { "files:read" }, client_lifetime = 3600, reason = "a queue" }, 200);

        Assert.Equal(("approval", 3600), (Text(changed, "mode"), changed.GetProperty("client_lifetime").GetInt64()));
        await PutPolicyAsync(new { mode = "open", scopes = new[] { "admin" }, reason = "too much" }, 422);
        await PutPolicyAsync(new { mode = "sometimes", reason = "no such mode" }, 422);
        await PutPolicyAsync(new { mode = "off", version = before.GetProperty("version").GetInt64(), reason = "too late" }, 409);
        await PutPolicyAsync(new { mode = Text(before, "mode"), reason = "as it was" }, 200);
    }

    [Fact]
    public async Task Initial_access_tokens_are_made_listed_and_revoked()
    {
        var made = await Administrator.PostJsonAsync(
            "/dashboard/initial-access-tokens", new { label = "Mobile team", uses = 3, lifetime = 3600, reason = "mobile" }, 201);
        var id = Text(made, "id");
        Assert.StartsWith("sgt_iat_", Text(made, "token"), StringComparison.Ordinal);

        var listed = (await Administrator.GetJsonAsync("/dashboard/initial-access-tokens")).GetProperty("items").EnumerateArray().Single(item => Text(item, "id") == id);
        Assert.Equal((3, 0, true), (listed.GetProperty("uses").GetInt32(), listed.GetProperty("used").GetInt32(), listed.GetProperty("usable").GetBoolean()));
        Assert.False(listed.TryGetProperty("token", out _));

        await DeleteAsync($"/dashboard/initial-access-tokens/{id}", 422);
        using var revoked = await Administrator.DeleteAsync(new Uri($"/dashboard/initial-access-tokens/{id}?reason=no+longer", UriKind.Relative), Stop);
        Assert.Equal(204, (int)revoked.StatusCode);
        await DeleteAsync($"/dashboard/initial-access-tokens/{id}?reason=once+more", 404);
        await Administrator.PostJsonAsync("/dashboard/initial-access-tokens", new { label = "x", uses = 0, reason = "none" }, 422);
    }

    private static string NewName() => $"client-{Guid.CreateVersion7():N}";

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;

    private static Dictionary<string, object?> BodyOf(string name, object? more)
    {
        Dictionary<string, object?> body = new(StringComparer.Ordinal)
        {
            ["client_name"] = name,
            ["redirect_uris"] = new[] { "https://app.example.com/callback" },
            ["reason"] = "a test",
        };
        foreach (var member in more?.GetType().GetProperties() ?? [])
        {
            body[member.Name] = member.GetValue(more);
        }

        return body;
    }

    private Task<JsonElement> AddAsync(string name, object? more = null) =>
        Administrator.PostJsonAsync("/dashboard/clients", BodyOf(name, more), 201);

    private async Task<JsonElement> PatchAsync(string id, object body, int status)
    {
        using var answer = await Administrator.PatchAsJsonAsync($"/dashboard/clients/{id}", body, Stop);
        return await answer.ReadAsync(status);
    }

    private async Task<JsonElement> PutPolicyAsync(object body, int status)
    {
        using var answer = await Administrator.PutAsJsonAsync("/dashboard/registration-policy", body, Stop);
        return await answer.ReadAsync(status);
    }

    private async Task<JsonElement> DeleteAsync(string path, int status)
    {
        using var answer = await Administrator.DeleteAsync(new Uri(path, UriKind.Relative), Stop);
        return await answer.ReadAsync(status);
    }
}
