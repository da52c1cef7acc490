import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.common.settings.Settings;

/**
 * One OpenSearch node in a process of its own, so that it can be killed.
 *
 * The first argument is the folder of its files; the others are settings, as {@code name=value}.
 * The settings of the runner that would keep nodes from finding each other are replaced by them.
 */
public class OpenSearchNode {
  public static void main(String[] arguments) throws InterruptedException {
    OpenSearchRunner runner = new OpenSearchRunner();
    runner.setMaxHttpPort(-1);
    runner.onBuild((int number, Settings.Builder settings) -> {
      for (int i = 1; i < arguments.length; i++) {
        String[] setting = arguments[i].split("=", 2);
        if (setting[1].contains(",")) {
          settings.putList(setting[0], setting[1].split(","));
        } else {
          settings.put(setting[0], setting[1]);
        }
      }
    });
    runner.build(
        OpenSearchRunner.newConfigs()
            .basePath(arguments[0])
            .numOfNode(1)
            .useLogger()
            .moduleTypes(
                String.join(
                    ",",
                    "org.opensearch.analysis.common.CommonAnalysisModulePlugin",
                    "org.opensearch.painless.PainlessModulePlugin",
                    "org.opensearch.index.mapper.MapperExtrasModulePlugin",
                    "org.opensearch.index.reindex.ReindexModulePlugin",
                    "org.opensearch.transport.Netty4ModulePlugin")));
    System.out.println("started");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        runner.close();
      } catch (java.io.IOException error) {
        error.printStackTrace();
      }
    }));
    new CountDownLatch(1).await();
  }
}
