// Command etcd starts the etcd server; the server module's own package would be built under the name "server".
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
