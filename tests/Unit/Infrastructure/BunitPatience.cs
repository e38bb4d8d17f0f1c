using System.Runtime.CompilerServices;
using Bunit;

namespace Dashboard.Tests.Unit.Infrastructure;

internal static class BunitPatience
{
    /// <summary>How long a page may take to show something: long enough for a machine that does other things too.</summary>
    [ModuleInitializer]
    internal static void Wait() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(15);
}
