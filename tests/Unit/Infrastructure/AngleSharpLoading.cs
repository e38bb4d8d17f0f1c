using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Dashboard.Tests.Unit.Infrastructure;

internal static class AngleSharpLoading
{
    /// <summary>bUnit is compiled against a newer AngleSharp.Diffing than there is: the runtime must be told to take this one.</summary>
    [ModuleInitializer]
    internal static void ResolveDiffing() =>
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
            : null;
}
