using Bunit;
using Dashboard.Audit;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace Dashboard.Tests.Unit.Audit.Pages;

/// <summary>A load that another one has replaced may fail: nobody waits for it any more.</summary>
public sealed class OutdatedLoadTests : PageTest
{
    private readonly Lazy<(AuditLog Log, HeldAuditStore Hold)> _held;

    public OutdatedLoadTests()
    {
        _held = new(Held);
        Services.AddRadzenComponents();
        Services.AddAuditPages();
        Services.AddSingleton(_ => _held.Value.Log);
        Services.AddSingleton(_ => Core.Get<AuditReads>());
        Services.AddSingleton(_ => Core.Get<AuditVerifier>());
        Services.AddSingleton(_ => Core.Get<AuditCheckpoints>());
    }

    [Fact]
    public async Task Of_the_log_is_ignored()
    {
        await RecordAsync("1");
        var navigation = Services.GetRequiredService<NavigationManager>();
        var outdated = _held.Value.Hold.HoldNext();
        navigation.NavigateTo("/audit?object=0");
        var page = Render<AuditPage>();
        navigation.NavigateTo("/audit?object=1");
        page.Render();
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));

        await page.InvokeAsync(() => outdated.SetException(new StoreUnavailableException("away")));
        page.Render();

        Assert.DoesNotContain("The store cannot be read", page.Markup, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
    }

    [Fact]
    public async Task Of_an_entry_is_ignored()
    {
        await RecordAsync("first");
        var newest = (await _held.Value.Log.FindNewestAsync(Stop))!.Number;
        var outdated = _held.Value.Hold.HoldNext();
        var page = Render<AuditEntryPage>(parameters => parameters.Add(shown => shown.Number, "1"));
        page.Render(parameters => parameters.Add(shown => shown.Number, $"{newest}"));
        page.WaitForAssertion(() => Assert.Contains($"Entry {newest} of", page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => outdated.SetException(new StoreUnavailableException("away")));
        page.Render();

        Assert.Contains($"Entry {newest} of", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_what_is_asked_for_now_is_shown()
    {
        await RecordAsync("1");
        var load = _held.Value.Hold.HoldNext();
        var page = Render<AuditEntryPage>(parameters => parameters.Add(shown => shown.Number, "1"));

        await page.InvokeAsync(() => load.SetException(new StoreUnavailableException("away")));

        page.WaitForAssertion(() => Assert.Contains("The store cannot be read", page.Markup, StringComparison.Ordinal));
    }

    private (AuditLog Log, HeldAuditStore Hold) Held()
    {
        var (store, hold) = HeldAuditStore.Around(Core.Get<IAuditStore>());
        return (new AuditLog(store, Core.Get<AuditWalk>(), Feed, []), hold);
    }

    private Task RecordAsync(string id) => _held.Value.Log.RecordReadAsync(
        new AuditEntry(new Actor("bob", Roles.Administrator), "thing.done", "thing", id), Stop);
}
