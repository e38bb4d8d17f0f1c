using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>Operators through the API.</summary>
public sealed class OperatorTests(SharedSignet signet, Chromium chromium)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Administrator => signet.Administrator;

    [Fact]
    public async Task An_operator_is_created_changed_and_reset_and_secrets_are_shown_once()
    {
        var name = NewName();
        var made = await Administrator.PostJsonAsync("/dashboard/operators", new { username = name, role = "support" }, 201);
        var id = made.GetProperty("id").GetString()!;
        Assert.Matches("^([a-z0-9]{4}-){5}[a-z0-9]{4}$", made.GetProperty("password").GetString());

        var found = await Administrator.FindOperatorAsync(id);
        string[] members = ["id", "username", "role", "enabled", "must_change_password", "second_factors", "created_at"];
        Assert.Equal(members, found.EnumerateObject().Select(member => member.Name));
        Assert.True(found.GetProperty("must_change_password").GetBoolean());

        var trial = await PatchAsync(id, new { role = "reviewer", enabled = false, reason = "a trial", dry_run = true }, 200);
        Assert.Equal("reviewer", trial.GetProperty("operator").GetProperty("role").GetString());
        Assert.Equal("support", (await Administrator.FindOperatorAsync(id)).GetProperty("role").GetString());
        var changed = await PatchAsync(id, new { role = "reviewer", enabled = false, reason = "moved" }, 200);
        Assert.Equal(("reviewer", false), (changed.GetProperty("role").GetString(), changed.GetProperty("enabled").GetBoolean()));
        await PatchAsync(id, new { enabled = false, reason = "again" }, 200);

        var reset = await Administrator.PostJsonAsync($"/dashboard/operators/{id}/reset", new { reason = "locked out" }, 200);
        Assert.NotEqual(made.GetProperty("password").GetString(), reset.GetProperty("password").GetString());
        Assert.True(reset.GetProperty("enabled").GetBoolean());
        var actions = (await Administrator.GetJsonAsync($"/dashboard/audit?object={id}")).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("action").GetString());
        Assert.Equal(["operator.reset", "operator.changed", "operator.created"], actions);
    }

    [Fact]
    public async Task The_list_is_searched_and_filtered_and_has_the_shape_of_every_list()
    {
        var name = NewName();
        await Administrator.AddOperatorAsync(name, "reviewer");

        var list = await Administrator.GetJsonAsync($"/dashboard/operators?search={name.ToUpperInvariant()}&role=reviewer");

        Assert.Equal(name, Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("username").GetString());
        Assert.Equal(1, list.GetProperty("total").GetInt64());
        Assert.False(list.GetProperty("total_is_capped").GetBoolean());
        Assert.DoesNotContain("hash", list.ToString(), StringComparison.OrdinalIgnoreCase);
        await Administrator.GetJsonAsync("/dashboard/operators?role=root", 422);
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_its_field()
    {
        var bad = await Administrator.PostJsonAsync("/dashboard/operators", new { username = "a b", role = "root", password = "short" }, 422);
        Assert.Equal(["username", "role", "password"], FieldsOf(bad));
        Assert.Equal(["reason"], FieldsOf(await PatchAsync("x", new { role = "support" }, 422)));
        Assert.Equal(["role"], FieldsOf(await PatchAsync("x", new { reason = "because" }, 422)));
        Assert.Equal(["role"], FieldsOf(await PatchAsync("x", new { role = "root", reason = "because" }, 422)));
        await PatchAsync("x", new { role = "support", reason = "because" }, 404);
        await Administrator.PostJsonAsync("/dashboard/operators/x/reset", new { reason = "because" }, 404);
        await Administrator.GetJsonAsync("/dashboard/operators/x", 404);
    }

    [Fact]
    public async Task Names_are_taken_once_and_nobody_changes_themselves()
    {
        var own = (await Administrator.GetJsonAsync("/dashboard/operators?search=admin&role=administrator")).GetProperty("items")
            .EnumerateArray().Single(item => item.GetProperty("username").GetString() == "admin").GetProperty("id").GetString()!;

        var taken = await Administrator.PostJsonAsync("/dashboard/operators", new { username = "ADMIN", role = "support" }, 409);
        var self = await PatchAsync(own, new { role = "support", reason = "enough" }, 409);
        await Administrator.PostJsonAsync($"/dashboard/operators/{own}/reset", new { reason = "enough" }, 409);
        var trial = await PatchAsync(own, new { enabled = false, reason = "enough", dry_run = true }, 200);

        Assert.Equal("CONFLICT", taken.GetProperty("error_code").GetString());
        Assert.Contains("is taken", taken.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("your own account", self.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(trial.GetProperty("would_succeed").GetBoolean());
    }

    [Fact]
    public async Task The_same_creation_twice_creates_once_whatever_its_password()
    {
        var (key, name) = (Guid.CreateVersion7().ToString("N"), NewName());

        var first = await CreateAsync(key, new { username = name, role = "support", password = "a password of some length" }, 201);
        var second = await CreateAsync(key, new { username = name, role = "support", password = "a password of some length" }, 409);
        await CreateAsync(key, new { username = name + "-2", role = "support" }, 422);

        Assert.False(first.TryGetProperty("password", out _));
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Contains("made the operator", second.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reviewer", 200)]
    [InlineData("support", 403)]
    public async Task Roles_reach_what_they_may(string role, int reads)
    {
        var name = NewName();
        var (id, generated) = await Administrator.AddOperatorAsync(name, role);
        await using (var visit = await chromium.VisitAsync(signet.Process.Address))
        {
            await (await visit.Context.NewPageAsync()).SignInFirstAsync(name, generated);
        }

        using var person = await signet.Process.LoginAsync(name, People.Password);
        await person.GetJsonAsync("/dashboard/operators", reads);
        await person.GetJsonAsync($"/dashboard/operators/{id}", reads);
        await person.PostJsonAsync("/dashboard/operators", new { username = NewName(), role = "administrator" }, 403);
        await PatchAsync(id, new { role = "administrator", reason = "because" }, 403, person);
        await person.PostJsonAsync($"/dashboard/operators/{id}/reset", new { reason = "because" }, 403);
    }

    private static string NewName() => $"op-{Guid.CreateVersion7():N}";

    private static IEnumerable<string?> FieldsOf(JsonElement problem) =>
        problem.GetProperty("validation_errors").EnumerateArray().Select(error => error.GetProperty("field").GetString());

    private async Task<JsonElement> PatchAsync(string id, object body, int status, HttpClient? person = null)
    {
        using var answer = await (person ?? Administrator).PatchAsJsonAsync($"/dashboard/operators/{id}", body, Stop);
        return await answer.ReadAsync(status);
    }

    private async Task<JsonElement> CreateAsync(string key, object body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dashboard/operators") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await Administrator.SendAsync(request, Stop);
        return await answer.ReadAsync(status);
    }
}
